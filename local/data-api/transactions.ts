import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { DataApiError, invalid } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Target } from './requests.ts';
import type { Session, Sessions } from './sessions.ts';

interface Transaction {
  session: Session;
  target: Target;
  busy: boolean;
  startedAt: number;
  expiry: NodeJS.Timeout | undefined;
}

/** Why a transaction is no longer there (User Guide, "Troubleshooting"). */
const ENDED = 'One previous call resulted in a termination of your transaction.';
const ABORTED = 'Transaction has been aborted due to an error from a previous call.';
const EXPIRED = 'Transaction may be expired.';

const REMEMBERED = 1000;

/** A call's answer, and when the backend is free again: later than the answer where a statement outlives its call. */
export interface Work<T> {
  answer: Promise<T>;
  finished: Promise<unknown>;
}

/** The open transactions: each holds one backend, takes one call at a time, and ends three minutes after its last. */
export class Transactions {
  private readonly sessions: Sessions;
  private readonly limits: Limits;
  private readonly open = new Map<string, Transaction>();
  private readonly gone = new Map<string, string>();

  constructor(sessions: Sessions, limits: Limits) {
    this.sessions = sessions;
    this.limits = limits;
  }

  /** Begins a transaction and names it. */
  async begin(config: pg.ClientConfig, target: Target): Promise<string> {
    const session = await this.sessions.borrow(config, 'transaction');
    try {
      await session.run('BEGIN', [[]]);
    } catch (failure) {
      session.release();
      throw failure;
    }
    const id = randomBytes(96).toString('base64');
    const transaction = { session, target, busy: false, startedAt: Date.now(), expiry: undefined };
    this.open.set(id, transaction);
    this.awaitNextCall(id, transaction);
    return id;
  }

  /** Runs one call in a transaction. A second call at the same time is refused, not queued. */
  async use<T>(target: Target & { transactionId: string }, work: (session: Session) => Work<T>): Promise<T> {
    const id = target.transactionId;
    const transaction = this.enter(target);
    const { answer, finished } = work(transaction.session);
    void finished
      .catch(() => undefined)
      .then(() => {
        transaction.busy = false;
        if (transaction.session.isBroken) this.abort(id);
        else this.awaitNextCall(id, transaction);
      });
    return answer;
  }

  /** Commits or rolls back. Answers the command PostgreSQL ran: COMMIT of a failed transaction is a ROLLBACK. */
  async end(target: Target & { transactionId: string }, command: 'COMMIT' | 'ROLLBACK'): Promise<string> {
    const transaction = this.enter(target);
    try {
      const outcome = await transaction.session.run(command, [[]]);
      return outcome.command;
    } finally {
      this.forget(target.transactionId, ENDED);
      transaction.session.release();
    }
  }

  /** Rolls a transaction back because of what went wrong in it. */
  abort(id: string): void {
    const transaction = this.open.get(id);
    this.forget(id, ABORTED);
    transaction?.session.release();
  }

  private enter(target: Target & { transactionId: string }): Transaction {
    const transaction = this.open.get(target.transactionId);
    if (!transaction) {
      const reason = this.gone.get(target.transactionId) ?? EXPIRED;
      const message = `Transaction ${target.transactionId} is not found. ${reason}`;
      throw new DataApiError('TransactionNotFoundException', message);
    }
    const { database } = transaction.target;
    if (target.database && database && target.database !== database) {
      throw invalid('Database name is not the same as transaction');
    }
    if (transaction.busy) {
      throw new DataApiError('DatabaseErrorException', 'Transaction is still running a query');
    }
    transaction.busy = true;
    clearTimeout(transaction.expiry);
    return transaction;
  }

  private awaitNextCall(id: string, transaction: Transaction): void {
    if (this.open.get(id) !== transaction) return;
    const lifetimeLeft = transaction.startedAt + this.limits.transactionMs - Date.now();
    const wait = Math.max(0, Math.min(this.limits.transactionIdleMs, lifetimeLeft));
    transaction.expiry = setTimeout(() => {
      this.forget(id, EXPIRED);
      transaction.session.release();
    }, wait).unref();
  }

  private forget(id: string, reason: string): void {
    clearTimeout(this.open.get(id)?.expiry);
    this.open.delete(id);
    if (this.gone.size >= REMEMBERED) this.gone.clear();
    this.gone.set(id, reason);
  }

  /** Forgets every transaction; the sessions' own closing rolls them back. */
  close(): void {
    for (const { expiry } of this.open.values()) clearTimeout(expiry);
    this.open.clear();
  }
}
