import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

/** A refusal: its name on the wire, and the status of the answer. */
export class RestJsonError extends Error {
  override readonly name = 'RestJsonError';
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** A request, taken apart. */
export interface RestJsonRequest {
  /** What the groups of the route's path matched, percent-decoded. */
  parameters: string[];
  query: URLSearchParams;
  /** The body's JSON; an empty object where there is none. */
  body: unknown;
}

export interface RestJsonRoute {
  method: string;
  path: RegExp;
  /** What it refuses it throws as a RestJsonError. */
  run(request: RestJsonRequest): object | Promise<object>;
}

/** A service of the AWS REST-JSON protocol. */
export interface RestJsonService {
  routes: RestJsonRoute[];
  /** Told of every answer that is not 200. */
  log?(line: string): void;
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new RestJsonError('SerializationException', 'The request body is not JSON');
  }
}

function decoded(parameter: string): string {
  try {
    return decodeURIComponent(parameter);
  } catch {
    throw new RestJsonError('SerializationException', 'The path has a malformed escape');
  }
}

async function answer({ routes }: RestJsonService, request: IncomingMessage): Promise<object> {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
  const body = await text(request);
  for (const { method, path: pattern, run } of routes) {
    const match = request.method === method ? pattern.exec(path) : null;
    if (!match) continue;
    if (request.headers.authorization === undefined) {
      throw new RestJsonError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    }
    return await run({
      parameters: match.slice(1).map(decoded),
      query: new URLSearchParams(query),
      body: parseBody(body),
    });
  }
  throw new RestJsonError('UnknownOperationException', `${request.method} ${path} is not served here`, 404);
}

/**
 * A server that speaks AWS REST-JSON (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html). A request must be
 * signed; the signature is not checked. It does not listen yet.
 */
export function createRestJsonServer(service: RestJsonService): Server {
  return createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-amzn-requestid', randomUUID());
    try {
      const result = await answer(service, request);
      response.writeHead(200).end(JSON.stringify(result));
    } catch (error) {
      const known = error instanceof RestJsonError ? error : undefined;
      const refusal = known ?? new RestJsonError('InternalServerException', 'Something went wrong.', 500);
      service.log?.(`${refusal.type}: ${(error as Error).message}`);
      // Members of errors are called `message` or `Message`, by the service; an SDK takes either.
      const body = { message: refusal.message, Message: refusal.message };
      response.writeHead(refusal.status, { 'x-amzn-errortype': refusal.type }).end(JSON.stringify(body));
    }
  });
}
