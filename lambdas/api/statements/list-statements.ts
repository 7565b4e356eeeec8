import { handle } from '../../runtime/http/handle.ts';
import { statementsRoutes } from '../contract/statements.ts';
import type { StatementsCapability } from './dependencies.ts';

/** Lists an account's statements, the running month's first. */
export const listStatements = handle(
  statementsRoutes.listStatements,
  async ({ params, query: { limit, cursor }, caller }, { statements }: StatementsCapability) => ({
    body: await statements.listStatements({ account_id: params.id, limit, cursor, caller }),
  }),
);
