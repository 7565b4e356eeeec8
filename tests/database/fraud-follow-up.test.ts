import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createEventProcessing, type EventProcessing } from '../../lambdas/adapters/event-processing.ts';
import type { RuleFinding } from '../../lambdas/domain/fraud/rule.ts';
import { useFraudRules } from '../support/fraud-rules.ts';
import { outboxEvents, settle } from '../support/outbox.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let events: EventProcessing;
let sent: string[];
let alice: ActingCaller;
let source: string;
let destination: string;

beforeAll(async () => {
  bank = await openTestBank();
  const database = bank.dataApi.database('bank_workers', async written => {
    sent.push(...written.map(({ type }) => type));
  });
  events = createEventProcessing(database);
});
afterAll(() => bank.close());
beforeEach(async () => {
  alice = await bank.customer();
  [source, destination] = [await bank.account(alice, '500'), await bank.account(await bank.customer())];
  await settle(bank.database.pool);
  sent = [];
});

/** Makes the gate give every transfer this score: the velocity rule that counts nothing. */
async function gateScores(points: number): Promise<void> {
  await useFraudRules(bank.database.pool, 'VELOCITY');
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || jsonb_build_object('some', 0, 'some_score', $1::integer) where rule = 'VELOCITY'`,
    [points],
  );
}

/** Sends a transfer, which may be stopped. @returns its id and its event's. */
async function transfer(): Promise<{ transaction: string; event: string }> {
  const request = { from_account_id: source, to_account_id: destination, amount: '5', description: undefined };
  await bank.ledger.postTransfer({ ...request, caller: alice, key: undefined }).catch(() => undefined);
  const [event] = await outboxEvents(bank.database.pool, "processed_at is null and aggregate_type = 'transaction'");
  if (!event) throw new Error('The transfer left no event');
  return { transaction: event.aggregate_id, event: event.id };
}

/** Processes an event with what the review found. */
function process(event: string, ...findings: RuleFinding[]) {
  return events.processEvents([event], [{ event_id: event, findings }]);
}

async function alertsOf(transaction: string) {
  const { rows } = await bank.database.pool.query('select * from bank.fraud_alerts where transaction_id = $1', [
    transaction,
  ]);
  return rows;
}

const statusOf = async (account: string) => (await bank.accounts.readAccount(account, teller)).status;

describe('a posted transaction in which the review finds something', () => {
  test.each([
    [40, 20, 60, 'FLAG_FOR_REVIEW', 'ACTIVE'],
    [29, 45, 74, 'BLOCK_PENDING_REVIEW', 'ACTIVE'],
    [45, 45, 90, 'BLOCK_AND_ALERT', 'FROZEN'],
    [60, 70, 100, 'BLOCK_AND_ALERT', 'FROZEN'],
  ])(
    'has the score %i of the gate and %i of the review, together %i: %s, and its account is %s',
    async (gate, found, score, outcome, status) => {
      await gateScores(gate);
      const { transaction, event } = await transfer();
      await process(event, { rule: 'STRUCTURING', score: found });
      expect(await alertsOf(transaction)).toMatchObject([
        {
          account_id: source,
          risk_score: score,
          outcome,
          status: 'OPEN',
          rules_triggered: [
            { rule: 'VELOCITY', score: gate },
            { rule: 'STRUCTURING', score: found },
          ],
        },
      ]);
      expect(await statusOf(source)).toBe(status);
      expect(await statusOf(destination)).toBe('ACTIVE');
    },
  );

  test('is left alone if it is no more than to be watched', async () => {
    await gateScores(10);
    const { transaction, event } = await transfer();
    await process(event, { rule: 'STRUCTURING', score: 39 });
    expect(await alertsOf(transaction)).toEqual([]);
    expect(sent).toEqual([]);
  });

  test('keeps everything that a rule saw, and the alert takes its type from the rule that scored highest', async () => {
    await gateScores(10);
    const { transaction, event } = await transfer();
    const saw = { rule: 'IMPOSSIBLE_TRAVEL', score: 60, kilometres: 8_000 };
    await process(event, saw);
    expect(await alertsOf(transaction)).toMatchObject([
      { alert_type: 'IMPOSSIBLE_TRAVEL', rules_triggered: [{}, saw] },
    ]);
  });

  test('adds to the alert that the gate had opened', async () => {
    await gateScores(50);
    const { transaction, event } = await transfer();
    const [before] = await alertsOf(transaction);
    await process(event, { rule: 'STRUCTURING', score: 10 });
    expect(await alertsOf(transaction)).toMatchObject([{ id: before.id, risk_score: 60, version: '2' }]);
  });

  test('and whose alert staff have closed as a false alarm stays closed and freezes nothing', async () => {
    await gateScores(50);
    const { transaction, event } = await transfer();
    await close(transaction, 'FALSE_POSITIVE');
    await process(event, { rule: 'STRUCTURING', score: 60 });
    expect(await alertsOf(transaction)).toMatchObject([{ status: 'FALSE_POSITIVE', risk_score: 100 }]);
    expect(await statusOf(source)).toBe('ACTIVE');
  });

  test('of which a rule could not answer is held for review', async () => {
    await gateScores(10);
    const { transaction, event } = await transfer();
    await process(event, { rule: 'STRUCTURING', score: 0, error: 'it broke' });
    expect(await alertsOf(transaction)).toMatchObject([{ risk_score: 70, outcome: 'BLOCK_PENDING_REVIEW' }]);
  });

  test('is not held to what the gate said if staff let it pass after a false alarm', async () => {
    await gateScores(90);
    const first = await transfer();
    await close(first.transaction, 'FALSE_POSITIVE');
    await bank.database.pool.query(
      `insert into bank.fraud_allowances (alert_id, from_account_id, to_account_id, amount, expires_at)
       select id, $1, $2, 5, now() + interval '1 day' from bank.fraud_alerts where transaction_id = $3`,
      [source, destination, first.transaction],
    );
    await process(first.event);
    const second = await transfer();
    await process(second.event, { rule: 'STRUCTURING', score: 50 });
    expect(await alertsOf(second.transaction)).toMatchObject([
      { risk_score: 50, outcome: 'FLAG_FOR_REVIEW', rules_triggered: [{ rule: 'STRUCTURING' }] },
    ]);
    expect(await statusOf(source)).toBe('ACTIVE');
  });

  test('is about the account that was paid into, where the money came from outside', async () => {
    await bank.ledger.postDeposit({
      account_id: source,
      amount: '9000',
      description: undefined,
      caller: teller,
      key: undefined,
    });
    const [deposit] = await outboxEvents(bank.database.pool, 'processed_at is null');
    await process(deposit?.id ?? '', { rule: 'STRUCTURING', score: 95 });
    expect(await alertsOf(deposit?.aggregate_id ?? '')).toMatchObject([{ account_id: source }]);
    expect(await statusOf(source)).toBe('FROZEN');
  });
});

describe('a transfer that the gate stopped', () => {
  test('for the worst has its account frozen, and its alert stays as it is', async () => {
    await gateScores(90);
    const { transaction, event } = await transfer();
    const before = await alertsOf(transaction);
    await process(event);
    expect(await alertsOf(transaction)).toEqual(before);
    expect(await statusOf(source)).toBe('FROZEN');
    expect(sent).toEqual(['AccountFrozen']);
  });

  test('for less leaves its account as it is', async () => {
    await gateScores(89);
    const { event } = await transfer();
    await process(event);
    expect(await statusOf(source)).toBe('ACTIVE');
  });

  test('and that staff have called a false alarm meanwhile freezes nothing', async () => {
    await gateScores(90);
    const { transaction, event } = await transfer();
    await close(transaction, 'FALSE_POSITIVE');
    await process(event);
    expect(await statusOf(source)).toBe('ACTIVE');
  });

  test('and that staff have resolved otherwise is frozen all the same', async () => {
    await gateScores(90);
    const { transaction, event } = await transfer();
    await close(transaction, 'RESOLVED');
    await process(event);
    expect(await statusOf(source)).toBe('FROZEN');
  });
});

test('what follows is done once, and told once, however often the event comes', async () => {
  await gateScores(60);
  const { transaction, event } = await transfer();
  for (let turn = 0; turn < 3; turn += 1) {
    await process(event, { rule: 'STRUCTURING', score: 40 });
  }
  expect(sent).toEqual(['AccountFrozen', 'FraudAlertRaised']);
  expect(await alertsOf(transaction)).toMatchObject([{ version: '2' }]);
});

test('what follows names the request that caused it, and nobody in person', async () => {
  await gateScores(60);
  const { event } = await transfer();
  await process(event, { rule: 'STRUCTURING', score: 10 });
  expect(
    await outboxEvents(
      bank.database.pool,
      "processed_at is null and type = 'FraudAlertRaised' and context ->> 'ip' is null",
    ),
  ).toMatchObject([
    {
      actor: { roles: ['system'] },
      context: { request_id: 'request' },
      data: { rules: ['VELOCITY', 'STRUCTURING'], risk_score: 70 },
    },
  ]);
});

test('many suspects in one batch are frozen in the order of every movement', async () => {
  await gateScores(90);
  const accounts = await Promise.all(Array.from({ length: 6 }, () => bank.account(alice, '10')));
  await settle(bank.database.pool);
  for (const from of accounts.toReversed()) {
    const request = { from_account_id: from, to_account_id: destination, amount: '5', description: undefined };
    await bank.ledger.postTransfer({ ...request, caller: alice, key: undefined }).catch(() => undefined);
  }
  const stopped = await outboxEvents(bank.database.pool, "processed_at is null and type = 'TransactionRefused'");
  await events.processEvents(
    stopped.map(({ id }) => id),
    [],
  );
  const { rows } = await bank.database.pool.query(
    "select aggregate_id from bank.events where processed_at is null and type = 'AccountFrozen' order by created_at",
  );
  expect(rows.map(({ aggregate_id }) => aggregate_id)).toEqual(accounts.toSorted());
});

/** Closes a transaction's alert as staff do. */
async function close(transaction: string, status: string): Promise<void> {
  await bank.database.pool.query(
    `update bank.fraud_alerts set status = $2, resolution_notes = 'looked at', resolved_at = now() where transaction_id = $1`,
    [transaction, status],
  );
}
