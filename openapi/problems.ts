import type { ZodOpenApiMediaTypeObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { BankError, type ErrorCode } from '../lambdas/domain/errors.ts';
import { problem } from '../lambdas/runtime/http/problem.ts';
import { problemHeaders } from './headers.ts';

type Schema = NonNullable<ZodOpenApiMediaTypeObject['schema']>;

/** What API Gateway itself refuses, it says so in its own words, before the bank sees the request. */
const gatewaysOwn: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** The form of every error of the bank's: RFC 9457. */
export const problemSchema: Schema = {
  type: 'object',
  description: 'An error, in the form of RFC 9457.',
  required: ['type', 'title', 'status', 'code', 'request_id'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'The code as a URN.' },
    title: { type: 'string', description: 'What the code means.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    code: { type: 'string', description: 'Which error it is: what a program should look at.' },
    detail: { type: 'string', description: 'More about this occurrence, for people.' },
    request_id: { type: 'string', description: 'The id of the request, as in the header x-request-id.' },
    errors: {
      type: 'array',
      description: 'The fields that are not as they must be.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: {
          field: { type: 'string', description: 'The field, with dots between the names of nested ones.' },
          message: { type: 'string', description: 'What it must be.' },
        },
      },
    },
    transaction_id: { type: 'string', format: 'uuid', description: 'The FAILED transaction that recorded a refusal.' },
    transaction_ref: { type: 'string', description: 'The reference of that transaction.' },
  },
};

/** The form of what API Gateway refuses by itself. */
export const gatewaySchema: Schema = {
  type: 'object',
  description: 'An error of the gateway, which never reached the bank.',
  required: ['message'],
  properties: { message: { type: 'string', description: 'What is wrong.' } },
};

/** The errors of a route by status, with their codes. */
export function problemsByStatus(codes: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(codes, code => new BankError(code).status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => {
      const [code = '', ...others] = ofStatus;
      return [status, others.length === 0 ? { $ref: `#/components/responses/${code}` } : response(status, ofStatus)];
    }),
  );
}

/** The answers that have one code each, and an example of every code, for the document's components. */
export function problemComponents(codes: readonly ErrorCode[]) {
  return {
    responses: Object.fromEntries(codes.map(code => [code, response(new BankError(code).status, [code])])),
    examples: Object.fromEntries(codes.map(code => [code, { summary: code, value: exampleOf(code) }])),
  };
}

function response(status: number, codes: ErrorCode[]): ZodOpenApiResponseObject {
  const message = gatewaysOwn[status];
  return {
    description: codes.map(code => `\`${code}\`: ${new BankError(code).title}.`).join('\n\n'),
    headers: problemHeaders(status),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { status: { const: status }, code: { type: 'string', enum: codes } } },
          ],
        },
        examples: Object.fromEntries(codes.map(code => [code, { $ref: `#/components/examples/${code}` }])),
      },
      ...(message === undefined
        ? {}
        : {
            'application/json': {
              schema: { $ref: '#/components/schemas/GatewayMessage' },
              example: { message },
            },
          }),
    },
  };
}

function exampleOf(code: ErrorCode): unknown {
  const fields =
    code === 'INVALID_REQUEST'
      ? [{ field: 'cursor', message: 'must be a next_cursor that this route answered' }]
      : undefined;
  const { body = '' } = problem(new BankError(code, fields && { fields }), 'Q1w2E3r4t5Y6u7I=');
  return JSON.parse(body);
}
