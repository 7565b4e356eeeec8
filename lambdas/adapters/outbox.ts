import * as z from 'zod';
import { type BankEvent, bankEvent } from '../domain/events.ts';
import type { Database } from './database.ts';

const claimed = z.object({ claimed: z.array(bankEvent) });
const relayed = z.object({ relayed: z.int() });
const outboxState = z.object({
  depth: z.int(),
  /** How old the oldest is. */
  lag_seconds: z.int(),
});

/** The events that nobody has processed yet, for the relay. Each call is one Data API call, and may be repeated. */
export interface Outbox {
  /** Takes events that are due to be sent again, oldest first, so many at most; for a minute nobody else takes them. */
  claim(batchSize: number): Promise<BankEvent[]>;
  /** Notes that events were sent again, so that they are not for a while. */
  markRelayed(eventIds: readonly string[]): Promise<void>;
  read(): Promise<z.output<typeof outboxState>>;
}

/** The outbox in the database. */
export function createOutbox(database: Database): Outbox {
  return {
    async claim(batchSize) {
      const answer = await database.query({
        sql: 'select bank.claim_unprocessed_events(:batch_size::integer)',
        parameters: { batch_size: batchSize },
        answer: claimed,
      });
      return answer.claimed;
    },
    async markRelayed(eventIds) {
      await database.query({
        sql: 'select bank.mark_relayed(:event_ids::jsonb)',
        parameters: { event_ids: JSON.stringify(eventIds) },
        answer: relayed,
      });
    },
    read: () => database.query({ sql: 'select bank.read_outbox()', parameters: {}, answer: outboxState }),
  };
}
