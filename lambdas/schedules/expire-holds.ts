import { createDatabase } from '../adapters/database.ts';
import { createHoldExpiry } from '../adapters/hold-expiry.ts';
import { databaseTarget, databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { schedule } from '../runtime/schedule.ts';
import { sweepHolds } from './sweep-holds.ts';

const environment = readEnvironment(databaseVariables);
const expiry = createHoldExpiry(createDatabase({ target: databaseTarget(environment), remainingTime }));

/** Kept back for one batch that hangs until it is given up. */
const reserveMilliseconds = 12_000;

/** Every five minutes: ends the holds that have expired. They count for nothing from the moment they expire; this writes it down. */
export const handler = schedule(() => sweepHolds({ expiry, mayGoOn: () => remainingTime() > reserveMilliseconds }));
