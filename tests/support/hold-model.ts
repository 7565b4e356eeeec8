import type { ErrorCode } from '../../lambdas/domain/errors.ts';
import type { Hold } from '../../lambdas/domain/hold.ts';

/** What may be done to one account and its holds, in cents. A hold is named by a number, of which the remainder counts. */
export type HoldCommand =
  | { do: 'deposit' | 'withdraw' | 'pay' | 'place' | 'limit'; cents: number }
  | { do: 'capture'; hold: number; cents: number | undefined; final: boolean }
  | { do: 'release' | 'lapse'; hold: number }
  | { do: 'reverse'; payment: number }
  | { do: 'sweep' };

interface ModelHold {
  status: Hold['status'];
  amount: number;
  captured: number;
}

/** An account with an overdraft limit and holds, and what it has paid, as simple as can be: what the bank must agree with. */
export class HoldModel {
  balance = 0;
  limit = 0;
  /** What the payee has got and not given back. */
  paid = 0;
  readonly holds: ModelHold[] = [];
  readonly payments: { cents: number; reversed: boolean }[] = [];

  get held(): number {
    return this.holds
      .filter(({ status }) => status === 'OPEN')
      .reduce((sum, { amount, captured }) => sum + amount - captured, 0);
  }

  get available(): number {
    return this.balance + this.limit - this.held;
  }

  /** Whether a command has anything to be about. */
  knows(command: HoldCommand): boolean {
    if ('hold' in command) return this.holds.length > 0;
    return command.do !== 'reverse' || this.payments.length > 0;
  }

  /** Does a command, and tells with which code it is refused. A refused one changes nothing. */
  apply(command: HoldCommand): ErrorCode | 'done' {
    switch (command.do) {
      case 'deposit':
        this.balance += command.cents;
        return 'done';
      case 'withdraw':
        return this.takeOut(command.cents);
      case 'pay':
        return this.takeOut(command.cents, () => this.arrive(command.cents));
      case 'place':
        if (command.cents > this.available) return 'INSUFFICIENT_FUNDS';
        this.holds.push({ status: 'OPEN', amount: command.cents, captured: 0 });
        return 'done';
      case 'limit':
        if (this.balance + command.cents - this.held < 0) return 'INSUFFICIENT_FUNDS';
        this.limit = command.cents;
        return 'done';
      case 'capture':
        return this.capture(this.holdOf(command), command.cents, command.final);
      case 'release':
        return this.release(this.holdOf(command));
      case 'lapse': {
        const hold = this.holdOf(command);
        hold.status = hold.status === 'OPEN' ? 'EXPIRED' : hold.status;
        return 'done';
      }
      case 'reverse':
        return this.reverse(this.paymentOf(command));
      case 'sweep':
        return 'done';
    }
  }

  /** Which of the holds a command names. */
  place(command: { hold: number }): number {
    return command.hold % this.holds.length;
  }

  /** Which of the payments a command names. */
  paymentPlace(command: { payment: number }): number {
    return command.payment % this.payments.length;
  }

  private holdOf(command: { hold: number }): ModelHold {
    const hold = this.holds[this.place(command)];
    if (!hold) throw new Error('The command names no hold');
    return hold;
  }

  private paymentOf(command: { payment: number }) {
    const payment = this.payments[this.paymentPlace(command)];
    if (!payment) throw new Error('The command names no payment');
    return payment;
  }

  private takeOut(cents: number, then = () => undefined): ErrorCode | 'done' {
    if (cents > this.available) return 'INSUFFICIENT_FUNDS';
    this.balance -= cents;
    then();
    return 'done';
  }

  private arrive(cents: number): undefined {
    this.paid += cents;
    this.payments.push({ cents, reversed: false });
  }

  private capture(hold: ModelHold, cents: number | undefined, final: boolean): ErrorCode | 'done' {
    const left = hold.amount - hold.captured;
    const amount = cents ?? left;
    if (hold.status !== 'OPEN') return 'HOLD_NOT_OPEN';
    if (amount > left) return 'CAPTURE_EXCEEDS_HOLD';
    hold.captured += amount;
    hold.status = final || amount === left ? 'CAPTURED' : 'OPEN';
    this.balance -= amount;
    this.arrive(amount);
    return 'done';
  }

  private release(hold: ModelHold): ErrorCode | 'done' {
    if (hold.status !== 'OPEN' && hold.status !== 'RELEASED') return 'HOLD_NOT_OPEN';
    hold.status = 'RELEASED';
    return 'done';
  }

  private reverse(payment: { cents: number; reversed: boolean }): ErrorCode | 'done' {
    if (payment.reversed) return 'ALREADY_REVERSED';
    if (payment.cents > this.paid) return 'INSUFFICIENT_FUNDS';
    payment.reversed = true;
    this.paid -= payment.cents;
    this.balance += payment.cents;
    return 'done';
  }
}
