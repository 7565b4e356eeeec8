import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { generateSecretString } from './generate-password.ts';
import { completeString, operations, type SecretsState } from './operations.ts';
import type { GenerateSecretString, SecretDefinition } from './secret-definition.ts';
import { SecretStore } from './secret-store.ts';
import { SecretsError } from './secrets-error.ts';

export interface SecretsManagerOptions {
  /** 0, any free port, unless told. */
  port?: number;
  /** Where `secrets.json` is kept. */
  directory: string;
  /** The secrets of the application; those that are new get their first value. */
  secrets: SecretDefinition[];
  /** Makes the passwords of new secrets; random ones by the secret's own rules unless told. */
  generatePassword?(rules: GenerateSecretString): string;
  log?(line: string): void;
}

export interface SecretsManager extends LoopbackServer {
  /** The current value of a secret, without the way over HTTP; undefined when there is none. */
  currentValue(id: string): { versionId: string; secretString: string } | undefined;
}

function seed(
  { store, attached }: SecretsState,
  definition: SecretDefinition,
  makePassword?: SecretsManagerOptions['generatePassword'],
): void {
  if (definition.attached) attached.set(definition.arn, definition.attached);
  if (store.find(definition.arn)) return;
  const { arn, name, description, kmsKeyId, generate } = definition;
  const secret = store.create({ arn, name, description, kmsKeyId });
  const value = definition.secretString ?? (generate && generateSecretString(generate, makePassword));
  if (value !== undefined) store.put(secret, crypto.randomUUID(), { secretString: value });
}

function parseBody(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new SecretsError('SerializationException', 'The request body is not JSON.');
  }
}

async function answer(state: SecretsState, request: IncomingMessage): Promise<object> {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  const operation = operations.get(String(target).replace(/^secretsmanager\./, ''));
  if (request.method !== 'POST' || !operation) {
    throw new SecretsError('UnknownOperationException', `${target ?? request.method} is not served here`);
  }
  if (!request.headers.authorization) {
    throw new SecretsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  return operation(state, parseBody(body));
}

/**
 * Serves Secrets Manager (JSON 1.1 over HTTP) with secrets kept in a directory. Any `Authorization` header is accepted,
 * none is not (https://docs.aws.amazon.com/secretsmanager/latest/apireference/).
 */
export async function startSecretsManager(options: SecretsManagerOptions): Promise<SecretsManager> {
  const state: SecretsState = { store: new SecretStore(options.directory), attached: new Map() };
  for (const definition of options.secrets) seed(state, definition, options.generatePassword);

  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.setHeader('x-amzn-requestid', crypto.randomUUID());
    try {
      const result = await answer(state, request);
      response.writeHead(200).end(JSON.stringify(result));
    } catch (error) {
      const code = error instanceof SecretsError ? error.code : 'InternalServiceError';
      const message = error instanceof Error ? error.message : String(error);
      options.log?.(`${code}: ${message}`);
      const status = error instanceof SecretsError ? 400 : 500;
      response.writeHead(status).end(JSON.stringify({ __type: code, Message: message }));
    }
  });
  const listening = await listenOnLoopback(server, options.port);
  return {
    ...listening,
    currentValue(id) {
      const secret = state.store.find(id);
      const version = secret?.versions.find(candidate => candidate.stages.includes('AWSCURRENT'));
      const secretString = secret && version && completeString(state, secret, version);
      return secretString === undefined || !version ? undefined : { versionId: version.id, secretString };
    },
  };
}
