import { randomUUID } from 'node:crypto';
import { contract } from '../../lambdas/api/contract.ts';
import { CommandError } from '../../local/command-error.ts';
import { amountOf, type Books } from './books.ts';
import { operate } from './operate.ts';
import type { Request, Sender } from './sender.ts';
import type { Tally } from './tally.ts';

/** What is asked of the bank beside the load itself, by a member of staff unless another token is given. */
export interface Staff {
  books: Books;
  /** @throws CommandError unless the request succeeds. */
  must(request: Omit<Request, 'token'> & { token?: string }): Promise<Record<string, unknown>>;
  deposit(account: string, cents: bigint): Promise<void>;
}

/** A member of staff with a token. Its requests are counted in a tally of their own. */
export function staffOf(sender: Sender, token: string, books: Books, tally: Tally): Staff {
  const staff: Staff = {
    books,
    async must(request) {
      const { fate, answer } = await operate(sender, { token, ...request }, tally);
      if (fate !== 'done') {
        throw new CommandError(`${request.method} ${request.path} answered ${answer.status} ${answer.code}`);
      }
      return answer.body;
    },
    async deposit(account, cents) {
      const { method, path } = contract.postDeposit;
      await staff.must({ method, path, key: randomUUID(), body: { account_id: account, amount: amountOf(cents) } });
      books.deposited(account, cents);
    },
  };
  return staff;
}
