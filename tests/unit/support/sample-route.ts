import { z } from 'zod';
import { type Handler, handle, type Request } from '../../../lambdas/runtime/http/handle.ts';
import type { Answer } from '../../../lambdas/runtime/http/reply.ts';
import { serve } from '../../../lambdas/runtime/http/serve.ts';
import { route } from '../../../lambdas/runtime/route.ts';
import { eventOf, lambdaContext, type RequestOptions } from './events.ts';

/** A route with every part that a route can have, so that tests of the runtime need none of the bank's. */
const sampleRoute = route({
  method: 'POST',
  path: '/samples/{id}',
  capability: 'system',
  summary: 'A route of the unit tests',
  roles: ['customer'],
  idempotent: true,
  params: z.strictObject({ id: z.string() }),
  query: z.strictObject({ limit: z.coerce.number().default(5) }),
  body: z.strictObject({ text: z.string().max(20) }),
  status: 201,
  reply: z.object({ text: z.string(), owner: z.object({ name: z.string() }) }),
  refusals: [],
});

type SampleRequest = Request<{ id: string }, { limit: number }, { text: string }>;
type SampleAnswer = Answer<{ text: string; owner: { name: string } }>;

/** A good request to the sample route, with the changes given. */
export function sampleRequest(changes: RequestOptions = {}): RequestOptions {
  return { routeKey: 'POST /samples/{id}', params: { id: '7' }, body: { text: 'hello' }, ...changes };
}

/** The sample route with the code that answers it. */
export function sampleHandler(answer: (request: SampleRequest) => SampleAnswer): Handler<object> {
  return handle(sampleRoute, answer);
}

/** Sends a request to a function that has only the sample route. */
export function sendSample(answer: (request: SampleRequest) => SampleAnswer, changes: RequestOptions = {}) {
  return serve([sampleHandler(answer)], {})(eventOf(sampleRequest(changes)), lambdaContext());
}
