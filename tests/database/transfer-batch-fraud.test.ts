import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { TransferOfBatch } from '../../lambdas/adapters/ledger.ts';
import type { BatchMode } from '../../lambdas/domain/transfer-batch.ts';
import { scoreEverything, useFraudRules } from '../support/fraud-rules.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await openTestBank();
});
beforeEach(async () => {
  [alice, bob] = [await bank.customer(), await bank.customer()];
  [from, to] = [await bank.account(alice, '100'), await bank.account(bob)];
  await useFraudRules(bank.database.pool);
});
afterAll(() => bank?.close());

const pays = (amount: string, source = from, destination = to): TransferOfBatch => ({
  from_account_id: source,
  to_account_id: destination,
  amount,
});

function batch(
  transfers: TransferOfBatch[],
  { mode = 'ATOMIC', caller = alice }: { mode?: BatchMode; caller?: ActingCaller } = {},
) {
  return bank.ledger.postTransferBatch({ mode, transfers, caller, key: undefined });
}

test('the gate counts the transfers of a batch one after another', async () => {
  await useFraudRules(bank.database.pool, 'VELOCITY');
  const { batch: done } = await batch(
    Array.from({ length: 14 }, () => pays('1')),
    { mode: 'INDEPENDENT' },
  );
  // The deposit is the first movement within the hour; more than ten of them are too many.
  expect(done.results.map(result => result.code)).toEqual([
    ...Array.from({ length: 10 }, () => null),
    ...Array.from({ length: 4 }, () => 'FRAUD_BLOCKED'),
  ]);
  const { rows: alerts } = await bank.database.pool.query(
    'select transaction_id from bank.fraud_alerts where account_id = $1 order by transaction_id',
    [from],
  );
  const blocked = done.results.filter(result => result.code !== null).map(result => `${result.transaction_id}`);
  expect(alerts.map(alert => alert.transaction_id)).toEqual(blocked.sort());
});

test.each(['VELOCITY', 'AMOUNT_ANOMALY', 'NIGHT_TIME', 'LOCATION'])(
  'with %s thinks of a batch of one what it thinks of the transfer alone',
  async rule => {
    const [source, twin] = [await bank.account(alice, '1000'), await bank.account(alice, '1000')];
    for (let n = 0; n < 12; n += 1) {
      await bank.ledger.postTransfer({
        ...pays(`${1 + (n % 3)}`, source, to),
        description: undefined,
        caller: alice,
        key: undefined,
      });
      await bank.ledger.postTransfer({
        ...pays(`${1 + (n % 3)}`, twin, to),
        description: undefined,
        caller: alice,
        key: undefined,
      });
    }
    await useFraudRules(bank.database.pool, rule);
    const elsewhere = { ...alice, ip: '203.0.113.77' };
    const verdictOf = async (account: string) => {
      const { rows: events } = await bank.database.pool.query(
        `select data -> 'fraud' as fraud from bank.events where data ->> 'from_account_id' = $1 order by created_at desc limit 1`,
        [account],
      );
      return events[0].fraud;
    };
    await batch([pays('500', source)], { mode: 'INDEPENDENT', caller: elsewhere });
    await bank.ledger
      .postTransfer({ ...pays('500', twin), description: undefined, caller: elsewhere, key: undefined })
      .catch(() => undefined);
    expect(await verdictOf(source)).toEqual(await verdictOf(twin));
  },
);

test('the gate that cannot ask a rule stops the whole batch and names the rule', async () => {
  await useFraudRules(bank.database.pool, 'VELOCITY', 'LOCATION');
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"near_hours": "soon"}' where rule = 'LOCATION'`,
  );
  await bank.ledger
    .postTransfer({ ...pays('1'), description: undefined, caller: alice, key: undefined })
    .catch(() => undefined);
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"far_hours": "later"}' where rule = 'LOCATION'`,
  );
  await expect(batch([pays('1'), pays('2')])).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
  const { rows: alerts } = await bank.database.pool.query(
    `select rules_triggered from bank.fraud_alerts where account_id = $1 order by created_at desc limit 1`,
    [from],
  );
  expect(alerts[0].rules_triggered).toContainEqual(
    expect.objectContaining({ rule: 'LOCATION', error: expect.any(String) }),
  );
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"near_hours": 1, "far_hours": 6}' where rule = 'LOCATION'`,
  );
});

test('the gate that wants staff to look lets the batch through and opens an alert for each transfer', async () => {
  await scoreEverything(bank.database.pool, 50);
  const { batch: done } = await batch([pays('1'), pays('2')]);
  expect(done.completed).toBe(2);
  const { rows: alerts } = await bank.database.pool.query(
    'select status from bank.fraud_alerts where account_id = $1',
    [from],
  );
  expect(alerts).toHaveLength(2);
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"some": 5, "some_score": 40}' where rule = 'VELOCITY'`,
  );
});
