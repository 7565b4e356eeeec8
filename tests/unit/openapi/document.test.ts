import { describe, expect, test } from 'vitest';
import { routes } from '../../../lambdas/api/contract.ts';
import { BankError } from '../../../lambdas/domain/errors.ts';
import { openApiDocument } from '../../../openapi/document.ts';
import { exampleOf } from '../../../openapi/examples.ts';
import { glossary } from '../../../openapi/glossary.ts';
import { refusalsOf } from '../../../openapi/refusals.ts';
import { annotate } from '../../../openapi/schema-rules.ts';

interface Operation {
  operationId: string;
  tags: string[];
  'x-roles': string[];
  security: object[];
  parameters: { $ref?: string; name?: string; in?: string; schema?: unknown }[];
  requestBody?: { content: { 'application/json': { example: unknown } } };
  responses: Record<string, Response>;
}

interface Response {
  $ref?: string;
  headers?: Record<string, unknown>;
  content?: Record<
    string,
    { schema: { allOf?: [object, { properties: { code: { enum: string[] } } }] }; example?: unknown }
  >;
}

const document = openApiDocument();
const paths = document.paths as Record<string, Record<string, Operation>>;
const components = document.components as { schemas: Record<string, object>; responses: Record<string, Response> };

function operationOf(route: (typeof routes)[number]): Operation {
  const operation = paths[route.path]?.[route.method.toLowerCase()];
  if (!operation) throw new Error(`${route.name} is not in the document`);
  return operation;
}

function codesOf(response: Response | undefined): string[] {
  const target = response?.$ref ? components.responses[response.$ref.split('/').at(-1) ?? ''] : response;
  return target?.content?.['application/problem+json']?.schema.allOf?.[1].properties.code.enum ?? [];
}

describe('the document', () => {
  test('has the routes of the contract, each once, and no others', () => {
    const operations = Object.values(paths).flatMap(path => Object.values(path));
    expect(operations.map(operation => operation.operationId).toSorted()).toEqual(
      routes.map(({ name }) => name).toSorted(),
    );
  });

  test('takes a number for money in a request, and answers strings alone', () => {
    const { TransferRequest, Receipt } = components.schemas;
    expect(TransferRequest).toHaveProperty('properties.amount.type', ['string', 'number']);
    expect(Receipt).toHaveProperty('properties.amount.type', 'string');
  });

  test('lets answers grow, and requests have no field that they do not declare', () => {
    expect(components.schemas.TransferRequest).toHaveProperty('additionalProperties', false);
    expect(components.schemas.Receipt).not.toHaveProperty('additionalProperties');
  });

  test('explains every field, and the glossary explains nothing else', () => {
    const text = JSON.stringify(document);
    const fields = Object.keys(glossary).map(key => key.split('.').at(-1) ?? '');
    expect(fields.filter(field => !text.includes(`"${field}"`))).toEqual([]);
    expect(() => annotate({ properties: { unheard_of: {} } }, 'Thing')).toThrow('Thing.unheard_of is not explained');
  });

  test('makes no example of a field that has none', () => {
    expect(() => exampleOf({ properties: { a: {} } }, {}, 'Thing')).toThrow('Thing.a has no example');
  });
});

describe.each(routes.map(route => [route.name, route] as const))('%s', (_name, route) => {
  const operation = operationOf(route);

  test('stands under its capability, with its roles and whether a token is needed', () => {
    expect(operation.tags).toEqual([route.capability]);
    expect(operation['x-roles']).toEqual(route.roles === 'public' ? [] : route.roles);
    expect(operation.security).toEqual(route.roles === 'public' ? [] : [{ cognito: [] }]);
  });

  test('names every error that it may answer, under its status', () => {
    for (const code of refusalsOf(route)) {
      expect(codesOf(operation.responses[new BankError(code).status])).toContain(code);
    }
    const all = Object.values(operation.responses).flatMap(codesOf);
    expect(all.toSorted()).toEqual(refusalsOf(route).toSorted());
  });

  test('takes the headers that its contract wants', () => {
    const references = operation.parameters.flatMap(({ $ref }) => $ref?.split('/').at(-1) ?? []);
    expect(references.includes('IdempotencyKey')).toBe(route.idempotent === true);
    expect(references.includes('IfMatch')).toBe(route.conditional === true);
    expect(operation.responses[route.status]?.headers).toHaveProperty('x-request-id');
  });

  test('has an example of its body and its reply that its schemas take', () => {
    if (route.body) {
      expect(route.body.safeParse(operation.requestBody?.content['application/json'].example).error).toBeUndefined();
    }
    const reply = operation.responses[route.status]?.content?.['application/json'];
    if (!route.media) {
      expect(route.reply.parse(reply?.example)).toEqual(reply?.example);
    }
  });
});
