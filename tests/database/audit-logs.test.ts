import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditFilter, type AuditLogs, createAuditLogs } from '../../lambdas/adapters/audit.ts';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { type AuditRows, writeAuditLogs } from '../support/audit-rows.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

const auditor: ActingCaller = { ...teller, id: randomUUID(), roles: ['auditor'] };

let bank: TestBank;
let logs: AuditLogs;
const entityId = randomUUID();
const actorId = randomUUID();
/** The ids of the rows, by what they are, oldest first. */
const ids: Record<'frozen' | 'posted' | 'revealed', string[]> = { frozen: [], posted: [], revealed: [] };

const write = (count: number, rows: AuditRows) => writeAuditLogs(bank.database.pool, count, rows);

beforeAll(async () => {
  bank = await openTestBank();
  logs = createAuditLogs(bank.dataApi.database('bank_audit'));
  ids.frozen = await write(3, { entityId, actorId, at: '2026-01-01T00:00:00Z' });
  ids.posted = await write(3, { type: 'TransactionPosted', entityType: 'transaction', at: '2026-01-02T00:00:00Z' });
  ids.revealed = await write(2, { type: 'SsnRevealed', entityType: 'customer', actorId, at: '2026-01-03T00:00:00Z' });
});
afterAll(() => bank?.close());

async function list(filter: Partial<AuditFilter> = {}, page: { limit?: number; cursor?: string } = {}) {
  return logs.listAuditLogs({
    entity_type: undefined,
    entity_id: undefined,
    actor_id: undefined,
    action: undefined,
    from: undefined,
    to: undefined,
    limit: 50,
    cursor: undefined,
    caller: auditor,
    ...filter,
    ...page,
  });
}

const listedIds = async (filter: Partial<AuditFilter>) => (await list(filter)).audit_logs.map(row => row.id);

describe('the list', () => {
  test('has all rows, newest first', async () => {
    const { audit_logs, next_cursor } = await list();
    expect(audit_logs.map(row => row.id)).toEqual([...ids.frozen, ...ids.posted, ...ids.revealed].reverse());
    expect(next_cursor).toBeNull();
  });

  test('has each row with all its facts', async () => {
    const [row] = (await list({ action: 'AccountFrozen' })).audit_logs;
    expect(row).toEqual({
      id: ids.frozen[2],
      action: 'AccountFrozen',
      event_version: 1,
      entity_type: 'account',
      entity_id: entityId,
      actor_id: actorId,
      actor_roles: ['customer'],
      ip: '192.0.2.1',
      user_agent: 'test',
      old_values: { status: 'ACTIVE' },
      new_values: { status: 'FROZEN' },
      metadata: { reason: 'a test', place: 2, request_id: 'request', session_id: 'session' },
      occurred_at: '2026-01-01T00:00:00.000002+00:00',
      recorded_at: expect.stringMatching(/^20\d\d-.*\+00:00$/),
    });
  });

  test.each<[string, Partial<AuditFilter>, string[]]>([
    ['a kind of thing', { entity_type: 'account' }, ['frozen']],
    ['a thing', { entity_id: entityId }, ['frozen']],
    ['an actor', { actor_id: actorId }, ['revealed', 'frozen']],
    ['an action', { action: 'TransactionPosted' }, ['posted']],
    ['what happened since', { from: '2026-01-02T00:00:00Z' }, ['revealed', 'posted']],
    ['what happened before', { to: '2026-01-02T00:00:00Z' }, ['frozen']],
    ['an instant by its other name', { from: '2026-01-02T14:00:00+14:00', to: '2026-01-03T00:00:00Z' }, ['posted']],
    ['an actor and an action', { actor_id: actorId, action: 'SsnRevealed' }, ['revealed']],
    ['what there is nothing of', { actor_id: actorId, action: 'TransactionPosted' }, []],
  ])('has, of %s, just that', async (_what, filter, kinds) => {
    const expected = kinds.flatMap(kind => ids[kind as keyof typeof ids].toReversed());
    expect(await listedIds(filter)).toEqual(expected);
  });

  test('ends before the instant that it is to end before, and begins at the one it is to begin at', async () => {
    const between = { from: '2026-01-01T00:00:00.000001Z', to: '2026-01-01T00:00:00.000002Z' };
    expect(await listedIds(between)).toEqual([ids.frozen[1]]);
  });

  test('comes in pages that leave nothing out and repeat nothing, rows of the same instant included', async () => {
    const same = await Promise.all(
      Array.from({ length: 5 }, () => write(1, { type: 'AtOnce', at: '2026-01-04T00:00:00Z' })),
    );
    const found: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await list({ action: 'AtOnce' }, { limit: 2, ...(cursor && { cursor }) });
      found.push(...page.audit_logs.map(row => row.id));
      cursor = page.next_cursor;
    } while (cursor);
    expect(found).toEqual(same.flat().sort().reverse());
  });

  test('keeps every digit of a number', async () => {
    const [id] = await write(1, { type: 'Exact' });
    await bank.database.pool.query('alter table bank.audit_logs disable trigger append_only');
    await bank.database.pool.query(
      `update bank.audit_logs set metadata = '{"big": 9007199254740993, "fine": 0.12345678901234567890, "plain": 1.50}' where id = $1`,
      [id],
    );
    const [row] = (await list({ action: 'Exact' })).audit_logs;
    expect(row?.metadata).toEqual({ big: '9007199254740993', fine: '0.12345678901234567890', plain: 1.5 });
  });
});

test('a row is read by its id, and one that is not there is refused', async () => {
  const [id = ''] = ids.posted;
  expect((await logs.readAuditLog(id, auditor)).auditLog.action).toBe('TransactionPosted');
  await expect(logs.readAuditLog(randomUUID(), auditor)).rejects.toMatchObject({ code: 'AUDIT_LOG_NOT_FOUND' });
});

describe('no one but staff reads the audit', () => {
  const asks: [string, (caller: ActingCaller) => Promise<unknown>][] = [
    ['the list', caller => logs.listAuditLogs({ ...emptyRequest, caller })],
    ['a row', caller => logs.readAuditLog(ids.frozen[0] ?? '', caller)],
    ['what is worked out from it', caller => logs.admitAuditor(caller)],
  ];
  const emptyRequest = {
    entity_type: undefined,
    entity_id: undefined,
    actor_id: undefined,
    action: undefined,
    from: undefined,
    to: undefined,
    limit: 1,
    cursor: undefined,
  };

  test.each(asks)('%s is refused to a customer, who is counted', async (_what, read) => {
    const customer = await bank.customer();
    await expect(read(customer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await bank.count(`rate_counters where customer_id = '${customer.id}' and requests = 1`)).toBe(1);
  });

  test.each(asks)('%s is refused to a disabled auditor', async (_what, read) => {
    const disabled = { ...auditor, id: randomUUID() };
    await bank.database.pool.query('insert into bank.disabled_users (user_id) values ($1)', [disabled.id]);
    await expect(read(disabled)).rejects.toMatchObject({ code: 'USER_DISABLED' });
  });
});

describe('with many rows the list reads no more than its page', () => {
  beforeAll(async () => {
    await write(20_000, { type: 'Common', entityType: 'transaction', at: '2025-01-01T00:00:00Z' });
    await write(20, { type: 'Rare', entityType: 'ssn_reindex', entityId: randomUUID(), at: '2024-01-01T00:00:00Z' });
    await bank.database.pool.query('analyze bank.audit_logs');
  });

  /** How many rows of the table the function has read, by PostgreSQL's own count. */
  async function rowsRead(filter: string): Promise<number> {
    const session = await bank.database.pool.connect();
    const caller = JSON.stringify({ id: auditor.id, own_accounts_only: false });
    const call = `select bank.list_audit_logs(${filter}, null, null, null, null, 11, '${caller}')`;
    const count = async () => {
      const { rows } = await session.query(
        `select pg_stat_get_xact_tuples_returned('bank.audit_logs'::regclass)
              + pg_stat_get_xact_tuples_fetched('bank.audit_logs'::regclass) as read`,
      );
      return Number(rows[0].read);
    };
    try {
      await session.query('begin');
      const before = await count();
      await session.query(call);
      return (await count()) - before;
    } finally {
      await session.query('rollback');
      session.release();
    }
  }

  test.each([
    ['everything', 'null, null, null, null'],
    ['a kind of thing', "'ssn_reindex', null, null, null"],
    ['a thing', `null, '${entityId}', null, null`],
    ['an actor', `null, null, '${actorId}', null`],
    ['an action', "null, null, null, 'Rare'"],
  ])('of %s', async (_what, filter) => {
    expect(await rowsRead(filter)).toBeLessThan(60);
  });
});
