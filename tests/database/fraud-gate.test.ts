import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import type { BankError } from '../../lambdas/domain/errors.ts';
import { scoreEverything, useFraudRules } from '../support/fraud-rules.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let source: string;
let destination: string;

beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank.close());
beforeEach(async () => {
  [alice] = [await bank.customer()];
  [source, destination] = [await bank.account(alice, '50000.00'), await bank.account(await bank.customer())];
});

function transfer(amount: string, options: { caller?: ActingCaller; key?: string; to?: string } = {}) {
  const { caller = alice, key, to = destination } = options;
  return bank.ledger.postTransfer({
    from_account_id: source,
    to_account_id: to,
    amount,
    description: undefined,
    caller,
    key,
  });
}

async function refused(amount: string, options: Parameters<typeof transfer>[1] = {}): Promise<BankError> {
  return transfer(amount, options).then(
    () => {
      throw new Error(`A transfer of ${amount} was let through`);
    },
    (error: BankError) => error,
  );
}

async function alerts(account = source) {
  const { rows } = await bank.database.pool.query(
    'select transaction_id, alert_type, risk_score, outcome, status, rules_triggered from bank.fraud_alerts where account_id = $1 order by created_at',
    [account],
  );
  return rows;
}

async function eventOf(transactionId: string | undefined) {
  const { rows } = await bank.database.pool.query(
    "select type, data from bank.events where aggregate_id = $1 and aggregate_type = 'transaction'",
    [transactionId],
  );
  return rows[0];
}

async function atFirst(): Promise<void> {
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"some": 5, "some_score": 40, "many": 10}' where rule = 'VELOCITY'`,
  );
}

describe('a transfer that the rules stop', () => {
  beforeEach(() => scoreEverything(bank.database.pool, 70));
  afterAll(atFirst);

  test('moves no money, is recorded FAILED, and has an alert in the same commit', async () => {
    const error = await refused('12.50');
    expect(error.code).toBe('FRAUD_BLOCKED');
    expect([await bank.balance(source), await bank.balance(destination)]).toEqual(['50000.00', '0.00']);
    const { transaction } = error.details;
    const { rows } = await bank.database.pool.query(
      'select status, failure_code from bank.transactions where id = $1',
      [transaction?.id],
    );
    expect(rows).toEqual([{ status: 'FAILED', failure_code: 'FRAUD_BLOCKED' }]);
    expect(await alerts()).toEqual([
      {
        transaction_id: transaction?.id,
        alert_type: 'VELOCITY',
        risk_score: 70,
        outcome: 'BLOCK_PENDING_REVIEW',
        status: 'OPEN',
        rules_triggered: [{ rule: 'VELOCITY', score: 70 }],
      },
    ]);
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  });

  test('is not told which rule stopped it', async () => {
    const error = await refused('12.50');
    expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/velocity|score|\b70\b/i);
  });

  test('leaves an event with its score and the rules that spoke', async () => {
    const error = await refused('12.50');
    expect(await eventOf(error.details.transaction?.id)).toMatchObject({
      type: 'TransactionRefused',
      data: {
        code: 'FRAUD_BLOCKED',
        fraud: { score: 70, outcome: 'BLOCK_PENDING_REVIEW', rules: [{ rule: 'VELOCITY', score: 70 }] },
      },
    });
  });

  test('answers the same again under its key, and opens no second alert', async () => {
    const first = await refused('12.50', { key: `key-${source}` });
    const again = await refused('12.50', { key: `key-${source}` });
    expect(again).toMatchObject({
      code: 'FRAUD_BLOCKED',
      details: { replayed: true, transaction: first.details.transaction },
    });
    expect(await alerts()).toHaveLength(1);
  });

  test('passes once after a false alarm: the same amount between the same accounts, within the day', async () => {
    const [blocked] = [await refused('12.50')];
    const allow = (expires: string) =>
      bank.database.pool.query(
        `insert into bank.fraud_allowances (alert_id, from_account_id, to_account_id, amount, expires_at)
         select id, $1, $2, 12.50, now() + $4::interval from bank.fraud_alerts where transaction_id = $3
         on conflict (alert_id) do update set expires_at = excluded.expires_at`,
        [source, destination, blocked.details.transaction?.id, expires],
      );
    await allow('-1 second');
    expect((await refused('12.50')).code).toBe('FRAUD_BLOCKED');
    await allow('1 day');
    expect((await refused('12.51')).code).toBe('FRAUD_BLOCKED');
    expect((await refused('12.50', { to: await bank.account(alice) })).code).toBe('FRAUD_BLOCKED');
    const { transaction } = await transfer('12.50');
    expect(transaction.status).toBe('COMPLETED');
    expect(await eventOf(transaction.id)).toMatchObject({ data: { fraud: { score: 70, allowed: true } } });
    expect((await refused('12.50')).code).toBe('FRAUD_BLOCKED');
  });

  test('an allowance is used by one of two that come at once', async () => {
    const blocked = await refused('20');
    await bank.database.pool.query(
      `insert into bank.fraud_allowances (alert_id, from_account_id, to_account_id, amount, expires_at)
       select id, $1, $2, 20, now() + interval '1 day' from bank.fraud_alerts where transaction_id = $3`,
      [source, destination, blocked.details.transaction?.id],
    );
    const outcomes = await Promise.allSettled([transfer('20'), transfer('20'), transfer('20')]);
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  test('is stopped for staff, too, but not between accounts of one customer', async () => {
    expect((await refused('1', { caller: teller })).code).toBe('FRAUD_BLOCKED');
    const own = await bank.account(alice);
    expect((await transfer('1', { caller: teller, to: own })).transaction.status).toBe('COMPLETED');
    expect((await refused('1', { to: own })).code).toBe('FRAUD_BLOCKED');
  });

  test('is not scored when something else refuses it', async () => {
    const error = await refused('60000');
    expect(error.code).toBe('INSUFFICIENT_FUNDS');
    expect(await alerts()).toEqual([]);
    expect((await eventOf(error.details.transaction?.id)).data).not.toHaveProperty('fraud');
  });
});

describe('a transfer that the rules let pass', () => {
  afterAll(atFirst);

  test.each([
    [29, 'APPROVE', 0],
    [30, 'MONITOR', 0],
    [50, 'FLAG_FOR_REVIEW', 1],
  ])('moves with a score of %i, which is %s, and opens %i alerts', async (points, outcome, opened) => {
    await scoreEverything(bank.database.pool, points);
    const { transaction } = await transfer('5');
    expect(transaction.status).toBe('COMPLETED');
    expect((await eventOf(transaction.id)).data.fraud).toMatchObject({ score: points, outcome });
    expect(await alerts()).toHaveLength(opened);
  });
});

test('a rule that errors holds the transfer for review, and the alert says which', async () => {
  await useFraudRules(bank.database.pool, 'LOCATION');
  await transfer('1');
  const error = await refused('1', { caller: { ...alice, ip: 'not an address' } });
  expect(error.code).toBe('FRAUD_BLOCKED');
  expect(await alerts()).toMatchObject([
    {
      alert_type: 'LOCATION',
      outcome: 'BLOCK_PENDING_REVIEW',
      rules_triggered: [{ rule: 'LOCATION', error: '22P02' }],
    },
  ]);
});

test('of fifteen quick transfers the last ones are stopped', async () => {
  await useFraudRules(bank.database.pool, 'VELOCITY', 'AMOUNT_ANOMALY', 'LOCATION');
  const codes: string[] = [];
  for (let count = 0; count < 15; count += 1) {
    codes.push(
      await transfer('10.00').then(
        ({ transaction }) => transaction.status,
        error => error.code,
      ),
    );
  }
  // The opening deposit moved money on the account within the hour, too.
  expect(codes).toEqual([...Array(10).fill('COMPLETED'), ...Array(5).fill('FRAUD_BLOCKED')]);
  expect(await bank.balance(source)).toBe('49900.00');
});

test('a thousandfold amount after twenty of 10.00 is stopped', async () => {
  await useFraudRules(bank.database.pool, 'AMOUNT_ANOMALY');
  for (let count = 0; count < 20; count += 1) {
    await transfer('10.00');
  }
  expect((await refused('10000.00')).code).toBe('FRAUD_BLOCKED');
  expect(await alerts()).toMatchObject([{ alert_type: 'AMOUNT_ANOMALY', risk_score: 90, outcome: 'BLOCK_AND_ALERT' }]);
});

test('suspects are frozen once, by nobody in person, and what is closed stays closed', async () => {
  const [other, empty] = [await bank.account(alice, '1'), await bank.account(alice)];
  await bank.database.pool.query("update bank.accounts set status = 'CLOSED' where id = $1", [empty]);
  for (let turn = 0; turn < 2; turn += 1) {
    await bank.database.pool.query('select bank.freeze_suspects($1)', [[source, other, empty]]);
  }
  const { rows } = await bank.database.pool.query(
    'select status, frozen_by from bank.accounts where id = any($1) order by status',
    [[source, other, empty]],
  );
  expect(rows).toEqual([
    { status: 'CLOSED', frozen_by: null },
    { status: 'FROZEN', frozen_by: null },
    { status: 'FROZEN', frozen_by: null },
  ]);
  const events = await bank.database.pool.query(
    "select actor ->> 'roles' as roles from bank.events where type = 'AccountFrozen' and aggregate_id = any($1)",
    [[source, other, empty]],
  );
  expect(events.rows).toEqual([{ roles: '["system"]' }, { roles: '["system"]' }]);
});
