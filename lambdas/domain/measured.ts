import { channel } from 'node:diagnostics_channel';
import * as z from 'zod';

const databaseCall = z.object({
  /** From the first try to the answer, or to giving up. */
  milliseconds: z.number(),
  /** How often it was sent again. */
  retries: z.int(),
  /** Whether no try got through. */
  lost: z.boolean(),
});

/** How a call of the database went. */
export type DatabaseCall = z.output<typeof databaseCall>;

const databaseCalls = channel('countinghouse:database-call');

/** Tells whoever measures of a call of the database. Nobody need listen. */
export function tellDatabaseCall(call: DatabaseCall): void {
  databaseCalls.publish(call);
}

/** Hears of every call of the database from now on. */
export function onDatabaseCall(hear: (call: DatabaseCall) => void): void {
  databaseCalls.subscribe(message => hear(databaseCall.parse(message)));
}
