import { expect, test } from 'vitest';
import { routes } from '../../../lambdas/api/contract.ts';
import * as schemas from '../../../openapi/schemas.ts';

const named = new Set<unknown>(Object.values(schemas));

test.each(routes)('what $name takes and answers has a name in the document', ({ body, reply }) => {
  expect([body ?? reply, reply].filter(schema => !named.has(schema))).toEqual([]);
});
