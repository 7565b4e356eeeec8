import type { ErrorCode } from '../../lambdas/domain/errors.ts';

/** What may be done to a bank of a few accounts, in cents. Accounts and past commands are named by numbers, of which the remainder counts. */
export type BankCommand =
  | { do: 'deposit' | 'withdraw'; account: number; cents: number }
  | { do: 'transfer'; account: number; other: number; cents: number }
  | { do: 'freeze' | 'unfreeze'; account: number }
  | { do: 'close'; account: number; other: number }
  /** An earlier movement of money, given back. */
  | { do: 'reverse'; payment: number }
  /** An earlier command, sent once more under its key. */
  | { do: 'repeat'; past: number };

export type Outcome = ErrorCode | 'done';

interface Payment {
  from: number | null;
  to: number | null;
  cents: number;
  reversed: boolean;
}

interface ModelAccount {
  cents: number;
  limit: number;
  status: 'ACTIVE' | 'FROZEN' | 'CLOSED';
}

/** Accounts of one customer, each with an overdraft limit, as simple as can be: what the bank must agree with. */
export class BankModel {
  readonly accounts: ModelAccount[];
  readonly payments: Payment[] = [];
  /** Cash that came in, less what went out: what all accounts hold together. */
  cash = 0;

  constructor(limits: readonly number[]) {
    this.accounts = limits.map(limit => ({ cents: 0, limit, status: 'ACTIVE' }));
  }

  /** Which of the accounts a number names. */
  place(number: number): number {
    return number % this.accounts.length;
  }

  /** Another account than the one at a place. */
  otherPlace(place: number, number: number): number {
    return (place + 1 + (number % (this.accounts.length - 1))) % this.accounts.length;
  }

  /** Does a command that is no repetition, and tells with which code it is refused. A refused one changes nothing. */
  apply(command: Exclude<BankCommand, { do: 'repeat' }>): Outcome {
    switch (command.do) {
      case 'deposit':
        return this.move(null, this.place(command.account), command.cents);
      case 'withdraw':
        return this.move(this.place(command.account), null, command.cents);
      case 'transfer': {
        const from = this.place(command.account);
        return this.move(from, this.otherPlace(from, command.other), command.cents);
      }
      case 'freeze':
      case 'unfreeze':
        return this.change(this.at(this.place(command.account)), command.do);
      case 'close': {
        const place = this.place(command.account);
        return this.close(place, this.otherPlace(place, command.other));
      }
      case 'reverse':
        return this.reverse(this.payments[command.payment % this.payments.length]);
    }
  }

  private at(place: number): ModelAccount {
    const account = this.accounts[place];
    if (!account) throw new Error('There is no such account');
    return account;
  }

  private move(from: number | null, to: number | null, cents: number): Outcome {
    const [source, destination] = [from === null ? undefined : this.at(from), to === null ? undefined : this.at(to)];
    if ([source, destination].some(account => account && account.status !== 'ACTIVE')) return 'ACCOUNT_NOT_ACTIVE';
    if (source && source.cents + source.limit < cents) return 'INSUFFICIENT_FUNDS';
    this.carry(source, destination, cents);
    this.payments.push({ from, to, cents, reversed: false });
    return 'done';
  }

  private carry(source: ModelAccount | undefined, destination: ModelAccount | undefined, cents: number): void {
    if (source) source.cents -= cents;
    else this.cash += cents;
    if (destination) destination.cents += cents;
    else this.cash -= cents;
  }

  private change(account: ModelAccount, action: 'freeze' | 'unfreeze'): Outcome {
    if (account.status !== (action === 'freeze' ? 'ACTIVE' : 'FROZEN')) return 'WRONG_STATUS';
    account.status = action === 'freeze' ? 'FROZEN' : 'ACTIVE';
    return 'done';
  }

  private close(place: number, sweepTo: number): Outcome {
    const [account, target] = [this.at(place), this.at(sweepTo)];
    if (account.status !== 'ACTIVE') return 'WRONG_STATUS';
    if (account.cents < 0) return 'BALANCE_NOT_ZERO';
    if (account.cents > 0) {
      if (target.status !== 'ACTIVE') return 'ACCOUNT_NOT_ACTIVE';
      this.carry(account, target, account.cents);
    }
    account.status = 'CLOSED';
    return 'done';
  }

  private reverse(payment: Payment | undefined): Outcome {
    if (!payment) throw new Error('There is no such payment');
    if (payment.reversed) return 'ALREADY_REVERSED';
    const { from, to, cents } = payment;
    const [source, destination] = [to === null ? undefined : this.at(to), from === null ? undefined : this.at(from)];
    if ([source, destination].some(account => account && account.status !== 'ACTIVE')) return 'ACCOUNT_NOT_ACTIVE';
    if (source && source.cents + source.limit < cents) return 'INSUFFICIENT_FUNDS';
    this.carry(source, destination, cents);
    payment.reversed = true;
    // A reversal is a movement too, and may be given back itself.
    this.payments.push({ from: to, to: from, cents, reversed: false });
    return 'done';
  }
}
