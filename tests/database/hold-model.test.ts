import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { type HoldCommand, HoldModel } from '../support/hold-model.ts';
import { lapseHold } from '../support/lapse-hold.ts';
import { ledgerDifferences, openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());

const money = (cents: number) => `${cents < 0 ? '-' : ''}${(Math.abs(cents) / 100).toFixed(2)}`;

/** A customer with an account, one that is paid, and the ids of what was made on the way, in the order of the model's. */
interface Subject {
  owner: ActingCaller;
  account: string;
  payee: string;
  holds: string[];
  payments: string[];
}

/** Carries a command out in the bank, as the customer where a customer can. */
async function carryOut(command: HoldCommand, subject: Subject, model: HoldModel) {
  const { owner, account, payee, holds, payments } = subject;
  const common = { description: undefined, caller: owner, key: undefined };
  switch (command.do) {
    case 'deposit':
      return bank.ledger.postDeposit({ account_id: account, amount: money(command.cents), ...common, caller: teller });
    case 'withdraw':
      return bank.ledger.postWithdrawal({ account_id: account, amount: money(command.cents), ...common });
    case 'pay': {
      const transfer = { from_account_id: account, to_account_id: payee, amount: money(command.cents), ...common };
      return payments.push((await bank.ledger.postTransfer(transfer)).transaction.id);
    }
    case 'place': {
      const hold = { account_id: account, amount: money(command.cents), expires_at: undefined, ...common };
      return holds.push((await bank.holds.placeHold(hold)).hold.id);
    }
    case 'limit':
      return bank.powers.updateAccount({
        account_id: account,
        overdraft_limit: money(command.cents),
        interest_rate: undefined,
        version: null,
        caller: teller,
      });
    case 'capture': {
      const amount = command.cents === undefined ? undefined : money(command.cents);
      const which = { hold_id: holds[model.place(command)] ?? '', to_account_id: payee, amount, final: command.final };
      return payments.push((await bank.holds.captureHold({ ...which, ...common })).transaction.id);
    }
    case 'release':
      return bank.holds.releaseHold(holds[model.place(command)] ?? '', owner);
    case 'lapse': {
      const id = holds[model.place(command)] ?? '';
      return (await bank.holds.readHold(id, owner)).status === 'OPEN' && lapseHold(bank.database.pool, id);
    }
    case 'reverse': {
      const transaction_id = payments[model.paymentPlace(command)] ?? '';
      return bank.ledger.postReversal({ transaction_id, ...common, caller: teller });
    }
    case 'sweep':
      return bank.holdExpiry.expireHolds(50);
  }
}

/** How the bank stands, read in a way that writes nothing. */
async function standing({ owner, account, payee, holds }: Subject) {
  const page = { limit: 100, cursor: undefined, caller: owner };
  const { accounts } = await bank.accounts.listAccounts({ customer_id: owner.id, ...page });
  const found = (id: string) => accounts.find(one => one.id === id);
  const { holds: listed } = await bank.holds.listHolds({ account_id: account, status: undefined, ...page });
  const { balance, held, available_balance, overdraft_limit } = found(account) ?? {};
  const byId = new Map(listed.map(hold => [hold.id, [hold.status, hold.captured_amount]]));
  return {
    account: { balance, held, available_balance, overdraft_limit },
    payee: found(payee)?.balance,
    holds: holds.map(id => byId.get(id)),
  };
}

function expected(model: HoldModel) {
  return {
    account: {
      balance: money(model.balance),
      held: money(model.held),
      available_balance: money(model.available),
      overdraft_limit: money(model.limit),
    },
    payee: money(model.paid),
    holds: model.holds.map(({ status, captured }) => [status, money(captured)]),
  };
}

/** Few and coarse, so that commands meet: what is left of a hold or an account is often just what is asked for, or a little less. */
const cents = fc.integer({ min: 1, max: 12 }).map(steps => steps * 5_00);
const which = fc.nat({ max: 5 });
const commands = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('deposit' as const, 'withdraw' as const), cents }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('pay' as const), cents }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('place' as const), cents }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('limit' as const), cents }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('capture' as const),
        hold: which,
        cents: fc.option(cents, { nil: undefined }),
        final: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'lapse' as const), hold: which }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const), payment: which }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  ),
  { minLength: 10, maxLength: 40, size: 'max' },
);

test('whatever is done to an account with holds and an overdraft, the bank agrees with a model of it, step after step', async () => {
  const seen = new Map<string, number>();
  const run = async (steps: HoldCommand[]) => {
    const owner = await bank.customer();
    const [account, payee] = [await bank.account(owner), await bank.account(owner)];
    const subject: Subject = { owner, account, payee, holds: [], payments: [] };
    const model = new HoldModel();
    // Something to work with.
    for (const command of [{ do: 'deposit', cents: 100_00 } as const, ...steps]) {
      if (!model.knows(command)) continue;
      const outcome = await carryOut(command, subject, model).then(
        () => 'done',
        error => String(error.code ?? error),
      );
      expect(outcome).toBe(model.apply(command));
      expect(await standing(subject)).toEqual(expected(model));
      expect(model.available).toBeGreaterThanOrEqual(0);
      seen.set(`${command.do} ${outcome}`, (seen.get(`${command.do} ${outcome}`) ?? 0) + 1);
    }
    expect(await ledgerDifferences(bank.database)).toEqual([]);
  };
  // Time is left to say which steps and which seed it was.
  const limits = { interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true };
  await fc.assert(fc.asyncProperty(commands, run), { numRuns: 25, ...limits });
  // Runs of nothing but refusals, or of none, would prove nothing.
  for (const outcome of [
    'capture done',
    'capture HOLD_NOT_OPEN',
    'place INSUFFICIENT_FUNDS',
    'release done',
    'pay done',
  ]) {
    expect(seen.get(outcome) ?? 0).toBeGreaterThan(0);
  }
}, 120_000);
