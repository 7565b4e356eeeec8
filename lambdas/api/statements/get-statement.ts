import { BankError } from '../../domain/errors.ts';
import { statementCsv } from '../../domain/statements/csv.ts';
import type { StatementDocument } from '../../domain/statements/statement.ts';
import { handle } from '../../runtime/http/handle.ts';
import { statementsRoutes } from '../contract/statements.ts';
import type { StatementsCapability } from './dependencies.ts';
import { type Format, formatOf, formats } from './format.ts';

/** What a function can answer: as CSV, so many of the longest lines are 4.5 MB, in Base64 6 (Lambda quotas, "Invocation payload"). */
const mostLines = 5_000;

/** Reads one statement: as JSON a page of its lines, as CSV or PDF all of it. */
export const getStatement = handle(
  statementsRoutes.getStatement,
  async ({ params, query, accept, caller }, { statements, statementPdf }: StatementsCapability) => {
    const format = formatOf(query.format, accept);
    const { limit, cursor } = query;
    const request = { account_id: params.id, month: params.period, caller };
    if (format === 'json') {
      return { body: await statements.readStatement({ ...request, limit, cursor }) };
    }
    if (cursor !== undefined) {
      throw new BankError('INVALID_REQUEST', {
        fields: [{ field: 'cursor', message: `is for json: ${format} has all lines at once` }],
      });
    }
    const document = await statements.readDocument({ ...request, format, mostLines });
    const content = format === 'csv' ? Buffer.from(statementCsv(document)) : await statementPdf(document);
    return { file: { mediaType: formats[format], content, filename: filenameOf(document, format) } };
  },
);

/** `statement-2026-03-0018.pdf`; of a month that is not over, `provisional-statement-…`. */
function filenameOf({ final, period, account_last4 }: StatementDocument, format: Format): string {
  return `${final ? '' : 'provisional-'}statement-${period}-${account_last4}.${format}`;
}
