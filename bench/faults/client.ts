import { contract } from '../../lambdas/api/contract.ts';
import type { Random } from '../fraud/random.ts';
import { amountOf, centsOf } from '../load/books.ts';
import { operate } from '../load/operate.ts';
import type { Request, Sender } from '../load/sender.ts';
import type { Tally } from '../load/tally.ts';
import type { History, Operation } from './history.ts';
import type { People, Signed } from './people.ts';

/** What a client works with. */
export interface Work {
  people: People;
  sender: Sender;
  history: History;
  tally: Tally;
  /** Transfers that were acknowledged, and may be given back. */
  acknowledged: Operation[];
  reads: number;
}

/** An operation before it is sent: by whom, and to which route. */
interface Plan extends Pick<Operation, 'what' | 'from' | 'to' | 'cents'> {
  who: Signed;
  path: string;
  body: Record<string, string>;
}

/** One client: asks for one thing after another, chosen by its own stream of numbers, until it is told to stop. */
export async function runClient(work: Work, random: Random, goesOn: () => boolean): Promise<void> {
  while (goesOn()) {
    if (random.chance(0.12)) await readAll(work);
    else await carryOut(work, planOf(work, random), random);
  }
}

/** All accounts that pay each other, as they were in one statement: what they hold together must not have changed. */
async function readAll(work: Work): Promise<void> {
  const { people, sender, history, tally } = work;
  const token = await people.payer.token();
  const request = { method: 'GET', path: `${contract.listAccounts.path}?limit=100`, token };
  const { fate, answer } = await operate(sender, request, tally);
  if (fate !== 'done') return;
  const accounts = answer.body.accounts as { balance: string }[];
  history.add({
    kind: 'read',
    total: String(accounts.reduce((sum, { balance }) => sum + centsOf(balance), 0n)),
  });
  work.reads += 1;
}

/** Sends an operation, now and then three times at once under its one key, and takes down how it ended. */
async function carryOut({ sender, history, tally, acknowledged }: Work, plan: Plan, random: Random): Promise<void> {
  const { who, path, body, ...asked } = plan;
  const key = random.uuid();
  const copies = random.chance(0.1) ? 3 : 1;
  const request: Request = { method: 'POST', path, token: await who.token(), key, body: { ...body, description: key } };
  const ended = await Promise.all(Array.from({ length: copies }, () => operate(sender, request, tally)));
  const done = ended.filter(({ fate }) => fate === 'done');
  const last = done[0] ?? ended.find(({ fate }) => fate === 'refused') ?? ended[0];
  const operation: Operation = {
    kind: 'operation',
    key,
    ...asked,
    fate: last?.fate ?? 'unknown',
    code: last?.answer.code ?? '',
    transactions: done.map(({ answer }) => String(answer.body.transaction_id)),
  };
  history.add(operation);
  if (operation.fate === 'done' && operation.what === 'transfer') acknowledged.push(operation);
}

/** Mostly transfers; now and then one that the account cannot pay, cash that comes or goes, or a transfer given back. */
function planOf({ people, acknowledged }: Work, random: Random): Plan {
  const { payer, saver, teller } = people;
  const cents = String(random.chance(0.04) ? 100_000_000 : random.whole(1, 2_000));
  const amount = amountOf(BigInt(cents));
  const account = random.pick(saver.accounts);
  const choice = random.next();
  if (choice < 0.1) {
    return plan('deposit', teller, contract.postDeposit.path, [null, account, cents], { account_id: account, amount });
  }
  if (choice < 0.2) {
    return plan('withdrawal', saver, contract.postWithdrawal.path, [account, null, cents], {
      account_id: account,
      amount,
    });
  }
  if (choice < 0.25 && acknowledged.length > 0) {
    const { from, to, cents: given, transactions } = random.pick(acknowledged);
    const path = contract.reverseTransaction.path.replace('{id}', transactions[0] ?? '');
    return plan('reversal', teller, path, [to, from, given], {});
  }
  const [from = '', to = ''] = random.sample(payer.accounts, 2);
  const body = { from_account_id: from, to_account_id: to, amount };
  return plan('transfer', payer, contract.postTransfer.path, [from, to, cents], body);
}

function plan(
  what: Plan['what'],
  who: Signed,
  path: string,
  [from, to, cents]: [string | null, string | null, string],
  body: Record<string, string>,
): Plan {
  return { what, who, path, from, to, cents, body };
}
