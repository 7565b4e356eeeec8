import { statementPdf } from '../../adapters/statement-pdf.ts';
import { createStatements } from '../../adapters/statements.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOf } from '../database.ts';
import { getStatement } from './get-statement.ts';
import { listStatements } from './list-statements.ts';

export const handler = serve([listStatements, getStatement], {
  statements: createStatements(databaseOf(readEnvironment(databaseVariables))),
  statementPdf,
});
