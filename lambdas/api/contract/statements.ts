import { route } from '../../runtime/route.ts';
import { idParam } from '../schemas/shared.ts';
import * as schemas from '../schemas/statements.ts';

/** The routes of the capability `statements`. */
export const statementsRoutes = {
  listStatements: route({
    method: 'GET',
    path: '/accounts/{id}/statements',
    capability: 'statements',
    summary: "List an account's monthly statements, newest first, the running month's so far among them",
    roles: ['customer', 'teller', 'analyst', 'auditor', 'admin'],
    params: idParam,
    query: schemas.statementsQuery,
    status: 200,
    reply: schemas.statementsPage,
    refusals: ['ACCOUNT_NOT_FOUND', 'NOT_YOUR_ACCOUNT'],
  }),
  getStatement: route({
    method: 'GET',
    path: '/accounts/{id}/statements/{period}',
    capability: 'statements',
    summary: 'Read the statement of a month: as JSON page by page, as CSV or PDF as a whole',
    roles: ['customer', 'teller', 'analyst', 'auditor', 'admin'],
    params: schemas.statementParams,
    query: schemas.statementQuery,
    status: 200,
    alternatives: ['text/csv', 'application/pdf'],
    reply: schemas.statement,
    refusals: ['ACCOUNT_NOT_FOUND', 'NOT_YOUR_ACCOUNT', 'STATEMENT_NOT_FOUND', 'NOT_ACCEPTABLE'],
  }),
} as const;
