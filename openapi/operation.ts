import * as z from 'zod';
import { createSchema, type ZodOpenApiOperationObject, type ZodOpenApiParameterObject } from 'zod-openapi';
import type { Route } from '../lambdas/runtime/route.ts';
import type { JsonSchema } from './examples.ts';
import { headerParametersOf, replyHeaders } from './headers.ts';
import { problemsByStatus } from './problems.ts';
import { refusalsOf } from './refusals.ts';
import { noteOn, override } from './schema-rules.ts';

const rules = {
  customer_deposits: 'Customers may do this themselves only where the stage lets them.',
  customer_opens_accounts: 'Customers may do this themselves only where the stage lets them.',
};

/** The numbers among the parameters: Zod knows them as text, which is what a query is made of. */
const numbers: Readonly<Record<string, JsonSchema>> = {
  limit: { type: 'integer', minimum: 1, maximum: 999_999_999, default: 50 },
  min_score: { type: 'integer', minimum: 0, maximum: 100 },
};

/** A route as an OpenAPI operation. Its schemas are turned, and its examples made, when the document is. */
export function operationOf(route: Route & { name: string }): ZodOpenApiOperationObject {
  const { name, capability, summary, roles, customersOnlyWhere, body, status, media } = route;
  const versioned = !media && route.reply instanceof z.ZodObject && 'version' in route.reply.shape;
  return {
    operationId: name,
    tags: [capability],
    summary,
    ...(customersOnlyWhere ? { description: rules[customersOnlyWhere] } : {}),
    'x-roles': roles === 'public' ? [] : [...roles],
    security: roles === 'public' ? [] : [{ cognito: [] }],
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...parametersOf(route.query, 'query'),
      ...headerParametersOf(route, versioned),
    ],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [String(status)]: {
        description: status === 201 ? 'Made.' : 'Done.',
        headers: replyHeaders(route, versioned),
        content: media
          ? Object.fromEntries(
              media.map(type => [type, { schema: { type: type === 'application/json' ? 'object' : 'string' } }]),
            )
          : { 'application/json': { schema: route.reply } },
      },
      ...(route.method === 'GET' && versioned
        ? { 304: { description: 'The reader has this version already.', headers: replyHeaders(route, versioned) } }
        : {}),
      ...problemsByStatus(refusalsOf(route)),
    },
  };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): ZodOpenApiParameterObject[] {
  const all = schema ? (createSchema(schema, { io: 'input', opts: { override } }).schema as JsonSchema) : {};
  return Object.entries(all.properties ?? {}).map(([name, field]) => {
    const { description, example } = noteOn(place, name);
    return {
      name,
      in: place,
      description,
      required: place === 'path',
      ...(example === undefined ? {} : { example }),
      schema: numbers[name] ?? field,
    };
  });
}
