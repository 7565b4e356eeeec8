import * as z from 'zod';
import { finding, reconciliationSummary } from '../reconciliation.ts';
import { event } from './event.ts';

/** What the bank's own reconciliation does. */
export const reconciliationEvents = {
  ReconciliationCompleted: event(
    'reconciliation',
    'The ledger was compared with itself.',
    z.strictObject({
      ...reconciliationSummary.shape,
      checks: z.array(finding.shape.check).describe('The checks that found a difference'),
    }),
  ),
};
