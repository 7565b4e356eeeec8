import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createReconciliations } from '../../lambdas/adapters/reconciliations.ts';
import { writePast } from '../support/past-postings.ts';
import { reconcile } from '../support/reconcile.ts';
import { tamper } from '../support/tamper.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
  const past = await bank.account(await bank.customer());
  await writePast(bank.database.pool, past, '2026-01-01T00:00:00Z', [{ at: '2026-01-02T00:00:00Z', amount: '70' }]);
  await reconcile(bank);
});
afterAll(() => bank?.close());

describe('a report', () => {
  const reports = () => createReconciliations(bank.dataApi.database('bank_audit'));
  const auditor: ActingCaller = { ...teller, roles: ['auditor'] };

  test('is read by its id, and listed newest first, page by page', async () => {
    const [older, newer] = [await reconcile(bank), await reconcile(bank)];
    expect(await reports().readReconciliation(newer.id, auditor)).toEqual(newer);
    const first = await reports().listReconciliations({ limit: 1, cursor: undefined, caller: auditor });
    const cursor = first.next_cursor ?? undefined;
    const second = await reports().listReconciliations({ limit: 1, cursor, caller: auditor });
    const ids = [...first.reconciliations, ...second.reconciliations].map(({ id }) => id);
    expect(ids).toEqual([newer.id, older.id]);
  });

  test('that is not there, or is asked for by a customer, is refused', async () => {
    const customer = await bank.customer();
    await expect(reports().readReconciliation(randomUUID(), auditor)).rejects.toMatchObject({
      code: 'RECONCILIATION_NOT_FOUND',
    });
    await expect(reports().readReconciliation(randomUUID(), customer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const list = reports().listReconciliations({ limit: 1, cursor: undefined, caller: customer });
    await expect(list).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('that is sent twice is written once, with one event', async () => {
    const counts = `'{"accounts": 1, "transactions": 1, "postings": 2, "differences": 0}'`;
    const id = randomUUID();
    const send = () =>
      bank.database.pool.query(`select bank.record_reconciliation($1, now(), ${counts}, '[]') as report`, [id]);
    const [first, second] = [await send(), await send()];
    expect(second.rows).toEqual(first.rows);
    const { rows } = await bank.database.pool.query('select type from bank.events where aggregate_id = $1', [id]);
    expect(rows).toEqual([{ type: 'ReconciliationCompleted' }]);
  });

  test.each(['reconciliations', 'internal_checkpoints'])(
    'and bank.%s stay as they were written, even for a superuser',
    async table => {
      for (const statement of [`delete from bank.${table}`, `truncate bank.${table}`]) {
        await expect(bank.database.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
      }
    },
  );

  test('with a difference leaves no checkpoint', async () => {
    const account = await bank.account(await bank.customer(), '100');
    const change = 'update bank.accounts set balance = balance + $2 where id = $1';
    await tamper(bank, 'delete from bank.internal_checkpoints');
    await tamper(bank, change, [account, 1]);
    expect((await reconcile(bank)).outcome).toBe('DIFFERENT');
    expect(await bank.count('internal_checkpoints')).toBe(0);
    await tamper(bank, change, [account, -1]);
    expect((await reconcile(bank)).outcome).toBe('CLEAN');
    expect(await bank.count('internal_checkpoints')).toBe(1);
  });
});
