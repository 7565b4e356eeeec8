import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { statement, statementHolder, statementLine, statementSummary } from '../../domain/statements/statement.ts';
import { page } from './parts.ts';

export { statement, statementHolder, statementLine, statementSummary };

/** A month, parsed to its first day. */
const period = z
  .string()
  .regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/, { error: 'must be a month such as "2026-03"' })
  .transform(month => `${month}-01`);

export const statementsQuery = z.strictObject({ ...page });
export const statementsPage = z.object({ statements: z.array(statementSummary), next_cursor: z.string().nullable() });

export const statementParams = z.strictObject({ id, period });
export const statementQuery = z.strictObject({
  format: z.enum(['json', 'csv', 'pdf'], { error: 'must be json, csv or pdf' }).optional(),
  ...page,
});
