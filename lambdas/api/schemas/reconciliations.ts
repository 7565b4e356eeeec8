import * as z from 'zod';
import { finding, reconciliation, reconciliationSummary } from '../../domain/reconciliation.ts';
import { page } from './parts.ts';

export { finding, reconciliation, reconciliationSummary };

export const reconciliationsQuery = z.strictObject(page);
export const reconciliationsPage = z.object({
  reconciliations: z.array(reconciliationSummary),
  next_cursor: z.string().nullable(),
});
