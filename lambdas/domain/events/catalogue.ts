import { accountEvents } from './accounts.ts';
import { customerEvents } from './customers.ts';
import { feeEvents } from './fees.ts';
import { fraudEvents } from './fraud.ts';
import { holdEvents } from './holds.ts';
import { jobEvents } from './jobs.ts';
import { reconciliationEvents } from './reconciliations.ts';
import { ssnReindexEvents } from './ssn-reindex.ts';
import { standingOrderEvents } from './standing-orders.ts';
import { transactionEvents } from './transactions.ts';

/** Every type of event, by the name that SQL records. docs/events is made from it, and tests hold what SQL records to it. */
export const catalogue = {
  ...transactionEvents,
  ...accountEvents,
  ...customerEvents,
  ...fraudEvents,
  ...holdEvents,
  ...standingOrderEvents,
  ...feeEvents,
  ...jobEvents,
  ...ssnReindexEvents,
  ...reconciliationEvents,
};

export type EventType = keyof typeof catalogue;
