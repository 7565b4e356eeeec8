import { createDatabase } from '../adapters/database.ts';
import { createStandingOrderRuns } from '../adapters/standing-order-runs.ts';
import { databaseTarget, databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { schedule } from '../runtime/schedule.ts';
import { payStandingOrders } from './pay-standing-orders.ts';

const environment = readEnvironment(databaseVariables);
const runs = createStandingOrderRuns(createDatabase({ target: databaseTarget(environment), remainingTime }));

/** Kept back for one order that hangs until it is given up. */
const reserveMilliseconds = 12_000;

/**
 * Every hour: pays the standing orders that are due. The database says which day it is at the bank, and that a day begins at six in the
 * morning; coming again finds what was left, or nothing.
 */
export const handler = schedule(() =>
  payStandingOrders({ runs, mayGoOn: () => remainingTime() > reserveMilliseconds }),
);
