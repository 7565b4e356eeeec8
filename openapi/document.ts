import * as z from 'zod';
import { createDocument } from 'zod-openapi';
import { routes } from '../lambdas/api/contract.ts';
import { errorCodes } from '../lambdas/domain/errors.ts';
import { type Capability, capabilities, type Route } from '../lambdas/runtime/route.ts';
import packageFile from '../package.json' with { type: 'json' };
import { deviations, exampleOf, type JsonSchema } from './examples.ts';
import { headerParameters, headers } from './headers.ts';
import { operationOf } from './operation.ts';
import { gatewaySchema, problemComponents, problemSchema } from './problems.ts';
import { annotate, override } from './schema-rules.ts';
import * as schemas from './schemas.ts';

const tags: Record<Capability, string> = {
  system: 'Whether the API answers, and what it looks like',
  customers: 'The customers of the bank, and who they are',
  limits: 'How often customers may ask',
  accounts: 'Accounts, and the powers over them',
  payments: 'Everything that moves money',
  transactions: 'What has moved',
  holds: 'Money that is set apart, to be paid or let go',
  orders: 'Standing orders: transfers made again and again',
  users: 'Who is kept out, customers and staff',
  fraud: 'The rules that stop and watch transfers, and the alerts that they raise',
  audit: 'Who did what, the proof of it, and whether the ledger agrees with itself',
  statements: 'What each month of an account came to',
};

const description = `A core-banking API: customers, accounts and the movement of money.

Money is a decimal string, times are RFC 3339 in UTC, ids are UUIDs. A command with an Idempotency-Key happens once however
often it is sent. Errors are RFC 9457 problems with a \`code\`.`;

// Bodies, replies and their parts stand in the document under the names they have in the code.
const parameters = new Set<unknown>(routes.flatMap(({ params, query }) => [params, query]));
for (const [name, schema] of Object.entries(schemas)) {
  if (!parameters.has(schema)) z.globalRegistry.add(schema, { id: `${name.charAt(0).toUpperCase()}${name.slice(1)}` });
}

interface Media {
  schema: JsonSchema;
  example?: unknown;
}

/**
 * The whole API as OpenAPI 3.1, made from the contract alone.
 *
 * @throws Error naming a field that the glossary does not explain.
 */
export function openApiDocument() {
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Countinghouse',
        version: packageFile.version,
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'Where this description was read' }],
      tags: capabilities.map(name => ({ name, description: tags[name] })),
      paths: pathsOf(routes),
      components: {
        schemas: { Problem: problemSchema, GatewayMessage: gatewaySchema },
        ...problemComponents(errorCodes),
        headers,
        parameters: headerParameters,
        securitySchemes: {
          cognito: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: "An access token (not an ID token) of the bank's Cognito user pool.",
          },
        },
      },
    },
    { override },
  );
  const components = (document.components?.schemas ?? {}) as Record<string, JsonSchema>;
  for (const [name, schema] of Object.entries(components)) {
    if (name !== 'Problem' && name !== 'GatewayMessage') annotate(schema, name);
  }
  addExamples(document.paths as Paths, components);
  dropUnused(document.components?.responses ?? {}, JSON.stringify(document.paths));
  return document;
}

type Paths = Record<string, Record<string, Operation>>;

interface Operation {
  operationId: string;
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

function pathsOf(all: readonly (Route & { name: string })[]) {
  const byPath = Map.groupBy(all, route => route.path);
  return Object.fromEntries(
    [...byPath].map(([path, ofPath]) => [
      path,
      Object.fromEntries(ofPath.map(route => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
}

function addExamples(paths: Paths, components: Record<string, JsonSchema>): void {
  for (const operation of Object.values(paths).flatMap(path => Object.values(path))) {
    const { body, reply } = deviations[operation.operationId] ?? {};
    addExample(operation.requestBody?.content, components, body);
    for (const [status, response] of Object.entries(operation.responses)) {
      if (status.startsWith('2')) addExample(response.content, components, reply);
    }
  }
}

/** Only the single answers that some route has are worth a name. */
function dropUnused(responses: Record<string, unknown>, paths: string): void {
  for (const name of Object.keys(responses)) {
    if (!paths.includes(`"#/components/responses/${name}"`)) delete responses[name];
  }
}

function addExample(
  content: Record<string, Media> | undefined,
  components: Record<string, JsonSchema>,
  deviation: Record<string, unknown> = {},
): void {
  const media = content?.['application/json'];
  if (media?.schema.$ref) {
    media.example = { ...(exampleOf(media.schema, components) as object), ...deviation };
  }
}
