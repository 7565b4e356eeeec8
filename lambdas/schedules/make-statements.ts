import { MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { createDatabase } from '../adapters/database.ts';
import { statementArchiveOnDemand } from '../adapters/statement-archive-on-demand.ts';
import { createStatementBooks } from '../adapters/statement-books.ts';
import { statementPdf } from '../adapters/statement-pdf.ts';
import { databaseTarget, databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { remainingTime } from '../runtime/invocation.ts';
import { metrics } from '../runtime/metrics.ts';
import { schedule } from '../runtime/schedule.ts';
import { runStatements } from './run-statements.ts';

const environment = readEnvironment({ ...databaseVariables, STATEMENT_BUCKET: z.string().min(1) });
const books = createStatementBooks(createDatabase({ target: databaseTarget(environment), remainingTime }));
const archive = statementArchiveOnDemand(environment.STATEMENT_BUCKET);

/** Kept back for a few of the longest statements. */
const reserveMilliseconds = 240_000;

/** Every night: on the first of a month it makes the statements of the one before, on other days what was left. */
export const handler = schedule(async () => {
  const mayGoOn = () => remainingTime() > reserveMilliseconds;
  const outcome = await runStatements({ books, archive, pdf: statementPdf, mayGoOn });
  metrics.addMetric('StatementsClosed', MetricUnit.Count, outcome.closed);
  metrics.addMetric('StatementsArchived', MetricUnit.Count, outcome.archived);
  metrics.addMetric('StatementsFailed', MetricUnit.Count, outcome.failed);
  metrics.addMetric('StatementsBroken', MetricUnit.Count, outcome.broken.length);
  return outcome;
});
