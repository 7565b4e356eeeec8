import pg from 'pg';
import type { Binding } from './bindings.ts';
import type { Limits } from './limits.ts';
import { type Outcome, PipelinedStatement } from './statement.ts';

/**
 * What a backend is kept for: `statement` and `transaction` stop a statement at the time limit, `patient` lets it run on.
 */
export type Purpose = 'statement' | 'transaction' | 'patient';

const STARTUP_SETTINGS = '-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex -c extra_float_digits=1';

/**
 * How long an idle backend is kept: longer than it is from one minute's schedules to the next. A new one has to log in, and to compile and
 * plan anew all that it is asked, which costs a hundred times what most calls do.
 */
const IDLE_MS = 90_000;

/** Statements that leave nothing behind in the session, unless their text says otherwise. */
const LEAVES_NOTHING = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'BEGIN', 'COMMIT', 'ROLLBACK']);
const SESSION_STATE = /set_config|advisory_lock|\btemp/i;

/** A PostgreSQL backend on loan. It goes back to its pool clean: no transaction, no settings, no temporary tables. */
export class Session {
  private readonly client: pg.PoolClient;
  private readonly limits: Limits;
  private readonly onReturn: (session: Session) => void;
  private returned = false;
  private dirty = false;
  private broken = false;

  constructor(client: pg.PoolClient, limits: Limits, onReturn: (session: Session) => void) {
    this.client = client;
    this.limits = limits;
    this.onReturn = onReturn;
  }

  /** The backend is gone; nothing more can run in it. */
  get isBroken(): boolean {
    return this.broken;
  }

  /** Runs a statement once per set of bindings, in one round trip. Rejects with pg's own errors. */
  async run(sql: string, sets: readonly (readonly Binding[])[]): Promise<Outcome> {
    const statement = this.client.query(new PipelinedStatement(sql, sets, this.limits.resultBytes));
    try {
      const outcome = await statement.outcome;
      if (!LEAVES_NOTHING.has(outcome.command) || SESSION_STATE.test(sql)) this.dirty = true;
      return outcome;
    } catch (failure) {
      this.broken ||= !(failure instanceof pg.DatabaseError) || failure.severity !== 'ERROR';
      throw failure;
    }
  }

  /** Gives the backend back. Cleaning, where it is needed, happens after the caller has gone on. */
  release(): void {
    if (this.returned) return;
    this.returned = true;
    this.onReturn(this);
    if (this.broken) this.client.release(true);
    else if (this.dirty || this.client.getTransactionStatus() !== 'I') void this.clean();
    else this.client.release();
  }

  /** Closes the backend, whatever it is doing. PostgreSQL rolls back what it had open. */
  destroy(): void {
    this.broken = true;
    this.release();
  }

  private async clean(): Promise<void> {
    try {
      if (this.client.getTransactionStatus() !== 'I') await this.client.query('ROLLBACK');
      if (this.dirty) await this.client.query('DISCARD ALL');
      this.client.release();
    } catch {
      this.client.release(true);
    }
  }
}

/** Bounded pools of backends, one for each connection target and purpose. */
export class Sessions {
  private readonly limits: Limits;
  private readonly pools = new Map<string, pg.Pool>();
  private readonly onLoan = new Set<Session>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  async borrow(config: pg.ClientConfig, purpose: Purpose): Promise<Session> {
    const key = `${purpose} ${JSON.stringify(config)}`;
    let pool = this.pools.get(key);
    if (!pool) {
      pool = this.open(config, purpose);
      this.pools.set(key, pool);
    }
    const session = new Session(await pool.connect(), this.limits, returned => this.onLoan.delete(returned));
    this.onLoan.add(session);
    return session;
  }

  async close(): Promise<void> {
    for (const session of [...this.onLoan]) session.destroy();
    await Promise.all([...this.pools.values()].map(pool => pool.end()));
    this.pools.clear();
  }

  private open(config: pg.ClientConfig, purpose: Purpose): pg.Pool {
    const pool = new pg.Pool({
      application_name: 'data-api',
      connectionTimeoutMillis: this.limits.statementMs,
      idleTimeoutMillis: IDLE_MS,
      ...config,
      max: purpose === 'transaction' ? this.limits.transactionBackends : this.limits.statementBackends,
      statement_timeout: purpose === 'patient' ? false : this.limits.statementMs,
      options: [config.options, STARTUP_SETTINGS].filter(Boolean).join(' '),
    });
    // A backend that dies is reported to the call that uses it; an idle one is simply replaced.
    pool.on('error', () => undefined);
    pool.on('connect', client => client.on('error', () => undefined));
    return pool;
  }
}
