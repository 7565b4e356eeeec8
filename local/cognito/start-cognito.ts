import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { CognitoError } from './cognito-error.ts';
import { answerDiscovery } from './discovery.ts';
import type { RunTrigger } from './lambda-triggers.ts';
import type { Message, OperationContext } from './operation.ts';
import { operations } from './operations/index.ts';
import { openPools } from './pools.ts';
import { createSignInLockout } from './sign-in-lockout.ts';
import type { UserPoolDefinition } from './user-pool-definition.ts';

export interface CognitoOptions {
  /** 0, the default, picks a free port. */
  port?: number;
  /** Where users, sessions and keys are kept. */
  directory: string;
  pools: UserPoolDefinition[];
  /** us-east-1 unless told otherwise; it stands in the issuer's name. */
  region?: string;
  /** Receives what Cognito would send by mail or SMS. */
  onMessage?(message: Message): void;
  /** Invokes the functions that pools name; without it none can be. */
  onTrigger?: RunTrigger;
  /** The clock, in milliseconds since 1970; tests set it. */
  now?(): number;
}

export interface LocalCognito extends LoopbackServer {
  /** The keys of the pool with this issuer, without a request; rejects for an issuer that is not served. */
  jwks(issuer: string): Promise<JSONWebKeySet>;
}

/**
 * Serves the user pools API (JSON 1.1 over POST) and each pool's discovery documents on 127.0.0.1. Rejects with Node's
 * own error when it cannot listen (`EADDRINUSE` when the port is taken).
 */
export async function startCognito(options: CognitoOptions): Promise<LocalCognito> {
  const now = options.now ?? Date.now;
  const pools = await openPools(options.pools, options.directory, options.region ?? 'us-east-1', now());
  const context: OperationContext = {
    pools,
    lockout: createSignInLockout(now),
    challenges: new Map(),
    now,
    sendMessage: message => options.onMessage?.(message),
    runTrigger: options.onTrigger ?? (async name => Promise.reject(new Error(`nothing runs the function ${name}`))),
  };
  const server = createServer(async (request, response) => {
    const discovery = answerDiscovery(pools, request);
    if (discovery !== undefined) sendJson(response, discovery.status, discovery.body, 'application/json');
    else if (request.method === 'OPTIONS') sendJson(response, 200, {}, 'application/json');
    else await answerOperation(request, response, context);
  });
  try {
    const listening = await listenOnLoopback(server, options.port);
    return {
      ...listening,
      async close() {
        await listening.close();
        pools.close();
      },
      async jwks(issuer) {
        const pool = pools.byIssuer(issuer);
        if (pool === undefined) throw new Error(`no user pool has the issuer ${issuer}`);
        return { keys: [pool.signingKey.publicJwk] };
      },
    };
  } catch (error) {
    pools.close();
    throw error;
  }
}

const targetPrefix = 'AWSCognitoIdentityProviderService.';
const jsonProtocol = 'application/x-amz-json-1.1';
const maxBodyBytes = 1024 * 1024;

async function answerOperation(
  request: IncomingMessage,
  response: ServerResponse,
  context: OperationContext,
): Promise<void> {
  try {
    sendJson(response, 200, await runOperation(request, context), jsonProtocol);
  } catch (error) {
    if (error instanceof CognitoError) {
      response.setHeader('x-amzn-errortype', `${error.type}:`);
      const message = error.message === '' ? {} : { message: error.message };
      sendJson(response, 400, { __type: error.type, ...message }, jsonProtocol);
    } else {
      console.error(error);
      const message = 'Something went wrong.';
      sendJson(response, 500, { __type: 'InternalErrorException', message }, jsonProtocol);
    }
  }
}

async function runOperation(request: IncomingMessage, context: OperationContext): Promise<object> {
  const target = String(request.headers['x-amz-target'] ?? '');
  const input = parseBody(await readText(request));
  const operation = target.startsWith(targetPrefix) ? operations.get(target.slice(targetPrefix.length)) : undefined;
  if (request.method !== 'POST' || operation === undefined) throw new CognitoError('UnknownOperationException');
  if (operation.signed && request.headers.authorization === undefined) {
    throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  return await operation.run(input, context);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes) throw new CognitoError('SerializationException', 'Request is too large');
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new CognitoError('SerializationException');
  }
}

/** Cognito answers browsers of any origin. */
function sendJson(response: ServerResponse, status: number, body: object, contentType: string): void {
  response
    .writeHead(status, {
      'content-type': contentType,
      'x-amzn-requestid': randomUUID(),
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,POST,OPTIONS',
      'access-control-allow-headers': '*,authorization',
      'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
    })
    .end(JSON.stringify(body));
}
