import * as z from 'zod';
import type { Database } from '../../lambdas/adapters/database.ts';
import { databaseOf } from '../../lambdas/api/database.ts';
import { databaseVariables, readEnvironment } from '../../lambdas/runtime/environment.ts';
import { handle } from '../../lambdas/runtime/http/handle.ts';
import { serve } from '../../lambdas/runtime/http/serve.ts';
import { selectOneRoute } from './route.ts';

const selectOne = handle(selectOneRoute, async (_request, database: Database) => ({
  body: { one: await database.query({ sql: "select '1'", parameters: {}, answer: z.literal(1) }) },
}));

export const handler = serve([selectOne], databaseOf(readEnvironment(databaseVariables)));
