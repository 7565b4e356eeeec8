import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useFraudRules } from '../support/fraud-rules.ts';
import { type PastPayment, payInThePast } from '../support/history.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';

let bank: TestBank;
let source: string;
const other = randomUUID();
const payer = randomUUID();
const now = '2026-03-10T12:00:00Z';

beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank.close());
beforeEach(() => {
  source = randomUUID();
});

interface Verdict {
  score: number;
  outcome: string;
  rules: { rule: string; score: number; error?: string }[];
}

async function score({ amount = '10.00', ip = '198.51.100.7', at = now } = {}): Promise<Verdict> {
  const { rows } = await bank.database.pool.query('select bank.score_transfer($1, $2, $3, $4, $5) as verdict', [
    source,
    amount,
    payer,
    ip,
    at,
  ]);
  return rows[0].verdict;
}

function minutesBefore(minutes: number, at = now): Date {
  return new Date(Date.parse(at) - minutes * 60_000);
}

/** Payments of the source account, at these times. */
async function paid(times: (Date | string)[], rest: Partial<PastPayment> = {}): Promise<void> {
  await payInThePast(
    bank.database.pool,
    times.map(at => ({ from: source, to: other, by: payer, ...rest, at })),
  );
}

describe('velocity', () => {
  beforeEach(() => useFraudRules(bank.database.pool, 'VELOCITY'));

  test.each([
    [5, 0],
    [6, 40],
    [10, 40],
    [11, 80],
    [30, 80],
  ])('%i movements in the last hour score %i', async (movements, expected) => {
    await paid(Array.from({ length: movements }, (_, index) => minutesBefore(index + 1)));
    expect((await score()).score).toBe(expected);
  });

  test('money that comes in counts, too', async () => {
    await paid(Array.from({ length: 3 }, () => minutesBefore(5)));
    await payInThePast(
      bank.database.pool,
      Array.from({ length: 3 }, () => ({ from: other, to: source, at: minutesBefore(5) })),
    );
    expect((await score()).score).toBe(40);
  });

  test('what is an hour old, failed, or of another account does not count', async () => {
    await paid(Array.from({ length: 12 }, () => minutesBefore(60)));
    await paid(
      Array.from({ length: 12 }, () => minutesBefore(5)),
      { status: 'FAILED' },
    );
    await paid(
      Array.from({ length: 12 }, () => minutesBefore(5)),
      { from: randomUUID() },
    );
    expect((await score()).score).toBe(0);
  });
});

describe('amount anomaly', () => {
  beforeEach(() => useFraudRules(bank.database.pool, 'AMOUNT_ANOMALY'));

  /** Amounts with the mean 100 and the standard deviation 20. */
  const spread = async (count: number) => {
    for (const [index, time] of Array.from({ length: count }, (_, day) => minutesBefore(day + 1)).entries()) {
      await paid([time], { amount: index % 2 ? '120' : '80' });
    }
  };

  test.each([
    ['140.00', 0],
    ['140.01', 50],
    ['160.00', 50],
    ['160.01', 90],
    ['0.01', 0],
  ])('%s after a mean of 100 and a standard deviation of 20 scores %i', async (amount, expected) => {
    await spread(10);
    expect((await score({ amount })).score).toBe(expected);
  });

  test('fewer than ten earlier amounts say nothing', async () => {
    await spread(9);
    expect((await score({ amount: '100000' })).score).toBe(0);
  });

  test('only the last hundred amounts of ninety days count', async () => {
    await paid(
      Array.from({ length: 10 }, () => minutesBefore(90 * 24 * 60)),
      { amount: '9000' },
    );
    await paid(
      Array.from({ length: 5 }, () => minutesBefore(1000)),
      { amount: '9000' },
    );
    await paid(
      Array.from({ length: 100 }, () => minutesBefore(10)),
      { amount: '10' },
    );
    expect((await score({ amount: '9000' })).score).toBe(90);
  });

  test('after amounts that were all the same, ten per cent of them is taken for their deviation', async () => {
    await paid(
      Array.from({ length: 20 }, () => minutesBefore(10)),
      { amount: '10' },
    );
    expect([
      (await score({ amount: '12' })).score,
      (await score({ amount: '12.01' })).score,
      (await score({ amount: '13.01' })).score,
    ]).toEqual([0, 50, 90]);
  });

  test('what came in says nothing of what goes out', async () => {
    await payInThePast(
      bank.database.pool,
      Array.from({ length: 20 }, () => ({ from: other, to: source, at: minutesBefore(5) })),
    );
    expect((await score({ amount: '100000' })).score).toBe(0);
  });
});

describe('night time', () => {
  beforeEach(async () => {
    await useFraudRules(bank.database.pool, 'NIGHT_TIME');
    await setTimeZone('Europe/Berlin');
  });
  afterAll(() => setTimeZone('UTC'));

  const setTimeZone = (zone: string) =>
    bank.database.pool.query('update bank.fraud_settings set time_zone = $1', [zone]);

  test.each([
    ['2026-03-10T00:59:59Z', 0],
    ['2026-03-10T01:00:00Z', 70],
    ['2026-03-10T04:59:59Z', 70],
    ['2026-03-10T05:00:00Z', 0],
    ['2026-07-10T00:00:00Z', 70],
    ['2026-07-10T04:00:00Z', 0],
  ])('a first payment at %s, in Berlin, scores %i', async (at, expected) => {
    expect((await score({ at })).score).toBe(expected);
  });

  test.each([
    [1, 30],
    [2, 30],
    [3, 0],
  ])('%i payments in earlier nights score %i', async (nights, expected) => {
    await paid(Array.from({ length: nights }, (_, night) => `2026-03-0${9 - night}T02:30:00Z`));
    expect((await score({ at: '2026-03-10T03:00:00Z' })).score).toBe(expected);
  });

  test('payments by day, failed ones, and those of more than thirty days ago do not make a night', async () => {
    await paid(['2026-03-09T12:00:00Z', '2026-03-09T01:00:00-05:00', '2026-02-07T02:30:00Z', '2026-02-06T02:30:00Z']);
    await paid(['2026-03-09T02:30:00Z'], { status: 'FAILED' });
    expect((await score({ at: '2026-03-10T03:00:00Z' })).score).toBe(70);
  });

  test('the night in which summer time begins is a night', async () => {
    await paid(['2026-03-29T01:30:00Z', '2026-03-29T02:30:00Z', '2026-03-29T03:30:00Z']);
    expect((await score({ at: '2026-03-30T02:00:00Z' })).score).toBe(0);
  });
});

describe('location', () => {
  beforeEach(() => useFraudRules(bank.database.pool, 'LOCATION'));

  test.each([
    [59, 95],
    [60, 50],
    [359, 50],
    [360, 0],
  ])('another address %i minutes after the last payment scores %i', async (minutes, expected) => {
    await paid([minutesBefore(minutes)], { ip: '203.0.113.9' });
    expect((await score()).score).toBe(expected);
  });

  test('the same address scores nothing, and neither does no earlier one', async () => {
    expect((await score()).score).toBe(0);
    await paid([minutesBefore(5)], { ip: '198.51.100.7' });
    expect((await score()).score).toBe(0);
  });

  test('only the last payment with an address, by the same person, is compared', async () => {
    await paid([minutesBefore(30)], { ip: '203.0.113.9' });
    await paid([minutesBefore(20)], { ip: '198.51.100.7' });
    await payInThePast(bank.database.pool, [{ from: source, to: other, by: payer, at: minutesBefore(10) }]);
    await paid([minutesBefore(5)], { ip: '203.0.113.1', by: randomUUID() });
    expect((await score()).score).toBe(0);
  });

  test('addresses of IPv6 are told apart by their first 64 bits', async () => {
    await paid([minutesBefore(30)], { ip: '2001:db8:1:2::aaaa' });
    expect((await score({ ip: '2001:db8:1:2:ffff::1' })).score).toBe(0);
    expect((await score({ ip: '2001:db8:1:3::aaaa' })).score).toBe(95);
  });
});

describe('the verdict', () => {
  test.each([
    [29, 'APPROVE'],
    [30, 'MONITOR'],
    [49, 'MONITOR'],
    [50, 'FLAG_FOR_REVIEW'],
    [69, 'FLAG_FOR_REVIEW'],
    [70, 'BLOCK_PENDING_REVIEW'],
    [89, 'BLOCK_PENDING_REVIEW'],
    [90, 'BLOCK_AND_ALERT'],
  ])('a score of %i means %s', async (points, outcome) => {
    const { rows } = await bank.database.pool.query('select bank.verdict_of($1) as verdict', [
      JSON.stringify([{ rule: 'X', score: points }]),
    ]);
    expect(rows[0].verdict).toMatchObject({ score: points, outcome });
  });

  test('scores add up, to a hundred at most', async () => {
    await useFraudRules(bank.database.pool, 'VELOCITY', 'LOCATION');
    await paid(
      Array.from({ length: 6 }, () => minutesBefore(90)),
      { ip: '203.0.113.9' },
    );
    expect(await score()).toMatchObject({ score: 50, rules: [{ rule: 'LOCATION', score: 50 }] });
    await paid(
      Array.from({ length: 6 }, () => minutesBefore(10)),
      { ip: '203.0.113.9' },
    );
    expect((await score()).score).toBe(100);
  });

  test('a rule that errors means that the transfer is held for review, and is named', async () => {
    await useFraudRules(bank.database.pool, 'VELOCITY', 'LOCATION');
    await bank.database.pool.query(
      `update bank.fraud_rules set parameters = parameters || '{"many": "a few"}' where rule = 'VELOCITY'`,
    );
    expect(await score()).toMatchObject({
      score: 70,
      outcome: 'BLOCK_PENDING_REVIEW',
      rules: [{ rule: 'VELOCITY', error: '22P02' }],
    });
    await expect(
      bank.database.pool.query(`update bank.fraud_rules set parameters = parameters - 'many' where rule = 'VELOCITY'`),
    ).rejects.toThrow(/gate_parameters_are_whole/);
    await bank.database.pool.query(
      `update bank.fraud_rules set parameters = parameters || '{"many": 10}' where rule = 'VELOCITY'`,
    );
    expect((await score()).outcome).toBe('APPROVE');
  });

  test('a rule that is switched off is not asked', async () => {
    await useFraudRules(bank.database.pool);
    await paid(
      Array.from({ length: 20 }, () => minutesBefore(10)),
      { ip: '203.0.113.9' },
    );
    expect(await score()).toEqual({ score: 0, outcome: 'APPROVE', rules: [] });
  });
});
