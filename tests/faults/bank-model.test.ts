import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { BankError } from '../../lambdas/domain/errors.ts';
import { type BankCommand, BankModel, type Outcome } from '../support/bank-model.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());

type Command = Exclude<BankCommand, { do: 'repeat' }>;

/** A command as it was sent, for sending it again, and how it ended. */
interface Sent {
  send(): Promise<unknown>;
  outcome: Outcome;
}

const limits = [0, 50_00, 0, 20_00];
const money = (cents: number) => `${cents < 0 ? '-' : ''}${(Math.abs(cents) / 100).toFixed(2)}`;

/** One customer's accounts with the model of them, the transactions made on the way, and what may be sent again. */
interface Subject {
  owner: ActingCaller;
  accounts: string[];
  model: BankModel;
  payments: string[];
  sent: Sent[];
}

async function newSubject(): Promise<Subject> {
  const owner = await bank.customer();
  const accounts: string[] = [];
  for (const limit of limits) accounts.push(await bank.account(owner, '0', { overdraft_limit: money(limit) }));
  return { owner, accounts, model: new BankModel(limits), payments: [], sent: [] };
}

/** What carries a command out, as the customer where a customer can; each time that it is called under the same key. */
function sending({ owner, accounts, model, payments }: Subject, command: Command): () => Promise<unknown> {
  const common = { description: undefined, key: randomUUID() };
  const [own, staff] = [
    { ...common, caller: owner },
    { ...common, caller: teller },
  ];
  if (command.do === 'reverse') {
    const transaction_id = payments[command.payment % payments.length] ?? '';
    return () => bank.ledger.postReversal({ transaction_id, ...staff });
  }
  const place = model.place(command.account);
  const account_id = accounts[place] ?? '';
  const other = (number: number) => accounts[model.otherPlace(place, number)] ?? '';
  const change = { account_id, reason: 'a test', caller: teller };
  switch (command.do) {
    case 'deposit':
      return () => bank.ledger.postDeposit({ account_id, amount: money(command.cents), ...staff });
    case 'withdraw':
      return () => bank.ledger.postWithdrawal({ account_id, amount: money(command.cents), ...own });
    case 'transfer': {
      const accountsOf = { from_account_id: account_id, to_account_id: other(command.other) };
      return () => bank.ledger.postTransfer({ ...accountsOf, amount: money(command.cents), ...own });
    }
    case 'freeze':
      return () => bank.powers.freezeAccount(change);
    case 'unfreeze':
      return () => bank.powers.unfreezeAccount({ ...change, fourEyes: false });
    case 'close':
      return () => bank.powers.closeAccount({ ...change, sweep_to_account_id: other(command.other), key: common.key });
  }
}

const transactionOf = z.object({ transaction: z.object({ id: z.string() }) });

/** Sends a command. @returns how it ended, and the transaction that it made, if any. */
async function outcomeOf(send: () => Promise<unknown>): Promise<{ outcome: string; transaction: string | undefined }> {
  try {
    return { outcome: 'done', transaction: transactionOf.safeParse(await send()).data?.transaction.id };
  } catch (error) {
    return { outcome: String(error instanceof BankError ? error.code : error), transaction: undefined };
  }
}

/** A command's answer is kept under its key; but a refusal to close or to reverse is judged anew each time. */
function isKept({ do: what }: Command, outcome: Outcome): boolean {
  if (what === 'freeze' || what === 'unfreeze') return false;
  return outcome === 'done' || (what !== 'close' && what !== 'reverse');
}

async function carryOut(subject: Subject, command: BankCommand): Promise<string> {
  const { model, payments, sent } = subject;
  if (command.do === 'repeat') {
    const past = sent[command.past % sent.length];
    if (!past) throw new Error('There is nothing to repeat');
    expect((await outcomeOf(past.send)).outcome).toBe(past.outcome);
    return `repeat ${past.outcome}`;
  }
  const send = sending(subject, command);
  const expected = model.apply(command);
  const { outcome, transaction } = await outcomeOf(send);
  expect(outcome).toBe(expected);
  if (transaction !== undefined) payments.push(transaction);
  if (isKept(command, expected)) sent.push({ send, outcome: expected });
  return `${command.do} ${outcome}`;
}

function isAbout({ payments, sent }: Subject, command: BankCommand): boolean {
  if (command.do === 'reverse') return payments.length > 0;
  return command.do !== 'repeat' || sent.length > 0;
}

/** The accounts as they stand, and what they hold together, in one statement. */
async function standing(accounts: string[]): Promise<unknown> {
  const { rows } = await bank.database.pool.query(
    `select jsonb_agg(jsonb_build_array(trunc(balance * 100)::bigint, status) order by array_position($1::uuid[], id)) as accounts,
            trunc(sum(balance) * 100)::integer as total
       from bank.accounts where id = any($1)`,
    [accounts],
  );
  return rows[0];
}

const account = fc.nat({ max: 11 });
const other = fc.nat({ max: 11 });
/** Few and coarse, so that what is asked for is often just what is there, or a little more. */
const cents = fc.integer({ min: 1, max: 12 }).map(steps => steps * 5_00);
const commands = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom('deposit' as const, 'withdraw' as const), account, cents }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('transfer' as const), account, other, cents }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('freeze' as const), account }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('unfreeze' as const), account }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), account, other }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), payment: fc.nat({ max: 30 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('repeat' as const), past: fc.nat({ max: 30 }) }) },
  ),
  { minLength: 15, maxLength: 40, size: 'max' },
);

test('whatever is done to a bank of four accounts, it agrees with a model of it after every command', async () => {
  const seen = new Set<string>();
  const run = async (steps: BankCommand[]) => {
    const subject = await newSubject();
    const { model, accounts } = subject;
    // Something to work with.
    for (const command of [{ do: 'deposit', account: 0, cents: 100_00 } as const, ...steps]) {
      if (!isAbout(subject, command)) continue;
      seen.add(await carryOut(subject, command));
      expect(await standing(accounts)).toEqual({
        accounts: model.accounts.map(one => [one.cents, one.status]),
        total: model.cash,
      });
    }
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  };
  // Time is left to say which steps and which seed it was.
  const time = { interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true };
  await fc.assert(fc.asyncProperty(commands, run), { numRuns: 12, ...time });
  // Runs of nothing but refusals, or of none, would prove nothing.
  for (const outcome of ['transfer done', 'transfer INSUFFICIENT_FUNDS', 'reverse done', 'close done', 'repeat done']) {
    expect([...seen]).toContain(outcome);
  }
}, 120_000);
