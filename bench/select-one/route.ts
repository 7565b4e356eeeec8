import * as z from 'zod';
import { transferRequest } from '../../lambdas/api/schemas/transfer-batches.ts';
import { route } from '../../lambdas/runtime/route.ts';

/**
 * The route that a transfer is measured against: the same request, token, checks and way to PostgreSQL and back, with
 * nothing to do there. It is no part of the bank's contract and is deployed nowhere.
 */
export const selectOneRoute = route({
  method: 'POST',
  path: '/select-one',
  capability: 'payments',
  summary: 'Ask the database for the number one',
  roles: ['customer', 'teller'],
  idempotent: true,
  body: transferRequest,
  status: 200,
  reply: z.object({ one: z.literal(1) }),
  refusals: [],
});
