import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInterest } from '../../../lambdas/adapters/interest.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { type BankJobs, jobsOf } from '../../support/interest/bank-jobs.ts';
import { addDays, type Day, daysFrom } from '../../support/interest/days.ts';
import { ReferenceAccount, type ReferenceTerms } from '../../support/interest/reference.ts';
import { accrualsOf, capitalisationsOf } from '../../support/interest/rows.ts';
import { deadlocksLogged } from '../../support/postgres.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../../support/test-bank.ts';

let bank: TestBank;
let jobs: BankJobs;
beforeAll(async () => {
  bank = await openTestBank();
  jobs = jobsOf(bank);
  await bank.database.pool.query(`insert into bank.day_counts values ('CHECKING', '2000-01-01', '30/360')`);
  // Small parts, so that runs fall into several.
  for (const job of ['accrue-interest', 'capitalise-interest'] as const) await jobs.setPartSize(job, 4);
});
afterAll(() => bank?.close());

const kinds = [
  { type: 'SAVINGS', currency: 'USD', minorUnits: 2, dayCount: 'ACT/365', overdraftLimit: '0' },
  { type: 'CREDIT', currency: 'USD', minorUnits: 2, dayCount: 'ACT/360', overdraftLimit: '900.00' },
  { type: 'CHECKING', currency: 'BHD', minorUnits: 3, dayCount: '30/360', overdraftLimit: '0' },
  { type: 'SAVINGS', currency: 'JPY', minorUnits: 0, dayCount: 'ACT/365', overdraftLimit: '0' },
] as const;

/** An account of the bank, and the same account reckoned apart. */
interface Pair {
  id: string;
  minorUnits: number;
  openedOn: Day;
  reference: ReferenceAccount;
  paid: { transaction: string; day: Day; amount: string }[];
}

async function openPair(kind: (typeof kinds)[number], rate: string): Promise<Pair> {
  const openedOn = await jobs.openDay();
  const owner = await bank.customer();
  const { account } = await bank.accounts.openAccount({
    customer_id: owner.id,
    account_type: kind.type,
    currency: kind.currency,
    interest_rate: rate,
    overdraft_limit: kind.overdraftLimit,
    accountLimit: null,
    verifiedOnly: false,
    caller: teller,
    key: undefined,
  });
  const terms: ReferenceTerms = { ...kind, openedOn, rate };
  return { id: account.id, minorUnits: kind.minorUnits, openedOn, reference: new ReferenceAccount(terms), paid: [] };
}

type Step =
  | { kind: 'pay'; account: number; units: number }
  | { kind: 'rate'; account: number; rate: string; back: number | undefined }
  | { kind: 'reverse'; account: number; pick: number; asOfThen: boolean }
  | { kind: 'days'; count: number; how: 'once' | 'twice at once' | 'killed first' };

const account = fc.nat({ max: kinds.length - 1 });
const rate = fc.integer({ min: 0, max: 350_000 }).map(millionths => (millionths / 1e6).toFixed(6));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('pay'), account, units: fc.integer({ min: -90_000, max: 200_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rate'),
      account,
      rate,
      back: fc.option(fc.nat({ max: 40 }), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('reverse'), account, pick: fc.nat(), asOfThen: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('days'),
      count: fc.integer({ min: 1, max: 33 }),
      how: fc.constantFrom('once', 'twice at once', 'killed first'),
    }),
  },
);

const certainly: readonly Step[] = [
  { kind: 'pay', account: 0, units: 50_000 },
  { kind: 'days', count: 10, how: 'once' },
  { kind: 'rate', account: 0, rate: '0.123457', back: 9 },
];

/** What the bank refuses changes nothing, there or here. */
async function unlessRefused(work: () => Promise<void>): Promise<void> {
  await work().catch(error => {
    if (!(error instanceof BankError)) throw error;
  });
}

async function pay(pair: Pair, units: number): Promise<void> {
  const size = (Math.abs(units) / 10 ** pair.minorUnits).toFixed(pair.minorUnits);
  if (units === 0) return;
  const terms = { account_id: pair.id, amount: size, description: undefined, key: undefined, caller: teller };
  const { transaction } = await (units > 0 ? bank.ledger.postDeposit(terms) : bank.ledger.postWithdrawal(terms));
  const day = await jobs.openDay();
  const amount = units > 0 ? size : `-${size}`;
  pair.reference.enter(amount, day);
  pair.paid.push({ transaction: transaction.id, day, amount });
}

async function setRate(pair: Pair, next: string, back: number | undefined): Promise<void> {
  const today = await jobs.openDay();
  const wanted = back === undefined ? today : addDays(today, -back);
  const from = [pair.openedOn, wanted].toSorted()[1] ?? wanted;
  await bank.powers.updateAccount({
    account_id: pair.id,
    overdraft_limit: undefined,
    interest_rate: next,
    interest_rate_from: back === undefined ? undefined : from,
    version: null,
    caller: teller,
  });
  pair.reference.setRate(next, from, from < today);
}

async function reverse(pair: Pair, pick: number, asOfThen: boolean): Promise<void> {
  const payment = pair.paid[pick % Math.max(pair.paid.length, 1)];
  if (!payment) return;
  const today = await jobs.openDay();
  await bank.ledger.postReversal({
    transaction_id: payment.transaction,
    description: undefined,
    value_date: asOfThen ? payment.day : undefined,
    key: undefined,
    caller: teller,
  });
  const day = asOfThen ? payment.day : today;
  pair.reference.enter(`${-Number(payment.amount)}`, day, day < today);
}

async function passDays(pairs: Pair[], count: number, how: (Step & { kind: 'days' })['how']): Promise<void> {
  const first = await jobs.openDay();
  const last = addDays(first, count - 1);
  if (how === 'killed first') await dieInTheMiddle(last);
  await Promise.all(Array.from({ length: how === 'twice at once' ? 2 : 1 }, () => jobs.fire('charge-fees', last, 2)));
  for (const day of daysFrom(first, last)) {
    for (const { reference } of pairs) reference.endDay(day);
  }
}

/** A runner does the first run's first part and is gone before it can commit the second. */
async function dieInTheMiddle(last: Day): Promise<void> {
  await jobs.closeBooks(last);
  const { run, open_parts } = await jobs.runs.start({ job: 'charge-fees', through: last });
  const [first = 0, second = first] = open_parts;
  await jobs.runs.runPart(run?.id ?? '', first);
  const victim = await bank.database.pool.connect();
  await victim.query('begin');
  await victim.query('select bank.run_job_part($1, $2)', [run?.id, second]);
  await victim.query('rollback');
  victim.release();
  // Whoever goes on must not be kept from it by the one that is gone.
  await bank.database.pool.query('update bank.job_runs set taken_at = null');
}

async function take(pairs: Pair[], next: Step): Promise<void> {
  if (next.kind === 'days') return passDays(pairs, next.count, next.how);
  const pair = pairs[next.account];
  if (!pair) return;
  await unlessRefused(() => {
    if (next.kind === 'pay') return pay(pair, next.units);
    if (next.kind === 'rate') return setRate(pair, next.rate, next.back);
    return reverse(pair, next.pick, next.asOfThen);
  });
}

test('equals a calculation made apart, to the last digit, over random histories', async () => {
  const interest = createInterest(bank.dataApi.database('bank_accounts'));
  const totals = { accruals: 0, adjustments: 0, posted: 0 };
  const history = fc.record({
    rates: fc.tuple(rate, rate, rate, rate),
    steps: fc.array(step, { minLength: 12, maxLength: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ rates, steps }) => {
      const pairs = await Promise.all(kinds.map((kind, index) => openPair(kind, rates[index] ?? '0')));
      for (const next of steps) await take(pairs, next);
      // Whatever else happened, something was corrected: money that lay there for ten days had another rate for nine of them.
      for (const next of certainly) await take(pairs, next);
      // To the end of a month, so that something is posted.
      await passDays(pairs, 31, 'once');
      for (const { id, reference } of pairs) {
        expect(await accrualsOf(bank, id)).toEqual(reference.accruals);
        expect(await capitalisationsOf(bank, id)).toEqual(reference.capitalisations);
        expect(await bank.balance(id)).toBe(reference.balance);
        expect((await interest.readInterest(id, teller)).accrued).toBe(reference.unposted);
        totals.accruals += reference.accruals.length;
        totals.adjustments += reference.accruals.filter(({ run_date, day }) => day < run_date).length;
        totals.posted += reference.capitalisations.length;
      }
    }),
    { numRuns: 6, seed: Number(process.env.INTEREST_SEED ?? Date.now() % 1e9), verbose: 1, endOnFailure: true },
  );
  // Histories in which little happened would prove little.
  expect(totals.accruals).toBeGreaterThan(1000);
  expect(totals.adjustments).toBeGreaterThan(20);
  expect(totals.posted).toBeGreaterThan(20);
  expect(await ledgerDifferences(bank.database)).toEqual([]);
  expect(await deadlocksLogged(bank.database)).toEqual([]);
}, 120_000);
