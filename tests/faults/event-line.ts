import { sendAfterCommit } from '../../lambdas/adapters/after-commit.ts';
import { createDatabase, type Database, dataApiClient } from '../../lambdas/adapters/database.ts';
import { createEventProcessing } from '../../lambdas/adapters/event-processing.ts';
import { createLedger, type Ledger } from '../../lambdas/adapters/ledger.ts';
import { createOutbox, type Outbox } from '../../lambdas/adapters/outbox.ts';
import { queue as queueHandler } from '../../lambdas/runtime/queue.ts';
import { runRelay } from '../../lambdas/schedules/run-relay.ts';
import { eventMessage, workOnEvents } from '../../lambdas/workers/work-on-events.ts';
import { settle } from '../support/outbox.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';
import { type MemoryQueue, memoryQueue, type QueueHandler } from './memory-queue.ts';

/** The whole line of an event on a bank of its own: a ledger that sends, a queue, the worker and the relay. */
export interface EventLine {
  bank: TestBank;
  queue: MemoryQueue;
  outbox: Outbox;
  /** How many events were left to the relay. */
  unsent(): number;
  /** Moves money between two accounts of one customer; `killed` if the function dies after its commit. */
  transfer(amount?: string, fate?: 'killed'): ReturnType<Ledger['postTransfer']>;
  /** The worker as it is deployed, or with another way to the database. */
  worker(endpoint?: string): QueueHandler;
  relay(outbox?: Outbox): Promise<{ relayed: number }>;
  /** Lets some minutes pass for what is in the outbox. */
  minutesPass(minutes: number): Promise<unknown>;
  /** How many rows the audit has of each action. */
  audited(): Promise<Record<string, number>>;
}

/** Opens a bank with nothing in its outbox, and a line for its events. */
export async function openEventLine(): Promise<EventLine> {
  const bank = await openTestBank();
  const { pool } = bank.database;
  const queue = memoryQueue();
  let unsent = 0;
  const afterCommit = sendAfterCommit({
    queue,
    remainingTime: () => 28_000,
    unsent: count => {
      unsent += count;
    },
  });
  const ledger = createLedger(bank.dataApi.database('bank_payments', afterCommit));
  const outbox = createOutbox(bank.dataApi.database('bank_schedules'));
  const customer = await bank.customer();
  const [from_account_id, to_account_id] = [await bank.account(customer, '1000'), await bank.account(customer)];
  await settle(pool);

  /** The worker's database, at another address. */
  function databaseAt(endpoint: string): Database {
    const client = dataApiClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const target = { resourceArn: 'cluster', secretArn: 'bank_workers', database: bank.database.name };
    return createDatabase({ target, client, remainingTime: () => 28_000, afterCommit });
  }

  return {
    bank,
    queue,
    outbox,
    unsent: () => unsent,
    transfer: (amount = '1', fate) =>
      (fate === 'killed' ? bank.ledger : ledger).postTransfer({
        from_account_id,
        to_account_id,
        amount,
        description: undefined,
        caller: customer,
        key: undefined,
      }),
    worker(endpoint = bank.dataApi.url) {
      const events = createEventProcessing(databaseAt(endpoint));
      return queueHandler({
        message: eventMessage,
        logKeys: ({ id }) => ({ event_id: id }),
        work: messages =>
          workOnEvents(messages, { events, geo: { place: async () => null }, notify: async () => undefined }),
      });
    },
    relay: (box = outbox) => runRelay({ outbox: box, queue, mayGoOn: () => true, relayed: () => undefined }),
    minutesPass: minutes =>
      pool.query(
        `update bank.events set created_at = created_at - $1 * interval '1 minute', relay_after = relay_after - $1 * interval '1 minute'
          where processed_at is null`,
        [minutes],
      ),
    async audited() {
      const { rows } = await pool.query(
        'select action, count(*)::integer as count from bank.audit_logs group by action',
      );
      return Object.fromEntries(rows.map(({ action, count }) => [action, count]));
    },
  };
}
