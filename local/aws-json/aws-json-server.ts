import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { AwsJsonError } from './aws-json-error.ts';

/**
 * An operation: takes the request's JSON, gives the answer's. What it refuses it throws as an AwsJsonError. The signal
 * tells one that waits that nobody waits for it any more.
 */
export type AwsJsonOperation = (input: unknown, gone: AbortSignal) => object | Promise<object>;

/** A service of the AWS JSON protocol. */
export interface AwsJsonService {
  /** 1.1 unless told. */
  version?: '1.0' | '1.1';
  /** What `X-Amz-Target` starts with, dot included: `TrentService.` */
  targetPrefix: string;
  /** What comes before an error's name in `__type`, `#` included; nothing unless told. */
  errorPrefix?: string;
  /** 1 MiB unless told. */
  maxBodyBytes?: number;
  /** By the rest of `X-Amz-Target`. */
  operations: ReadonlyMap<string, AwsJsonOperation>;
  /** Told of every answer that is not 200. */
  log?(line: string): void;
}

const defaultMaxBodyBytes = 1024 * 1024;

async function readText(request: IncomingMessage, maxBodyBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes) throw new AwsJsonError('SerializationException', 'The request is too large');
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new AwsJsonError('SerializationException', 'The request body is not JSON');
  }
}

async function answer(service: AwsJsonService, request: IncomingMessage, gone: AbortSignal): Promise<object> {
  const body = await readText(request, service.maxBodyBytes ?? defaultMaxBodyBytes);
  const target = String(request.headers['x-amz-target'] ?? '');
  const { targetPrefix, operations } = service;
  const operation = target.startsWith(targetPrefix) ? operations.get(target.slice(targetPrefix.length)) : undefined;
  if (request.method !== 'POST' || operation === undefined) throw new AwsJsonError('UnknownOperationException');
  if (request.headers.authorization === undefined) {
    throw new AwsJsonError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  return operation(parseBody(body), gone);
}

function asRefusal(error: unknown, log: AwsJsonService['log']): AwsJsonError {
  if (error instanceof AwsJsonError) {
    log?.(`${error.type}: ${error.message}`);
    return error;
  }
  log?.(`InternalFailure: ${error instanceof Error ? error.stack : String(error)}`);
  return new AwsJsonError('InternalFailure', 'Something went wrong.', 500);
}

/**
 * A server that speaks AWS JSON (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html): POST with the
 * operation in `X-Amz-Target`, a refusal as `{"__type","message"}`. A request must be signed; the signature is not
 * checked. It does not listen yet.
 */
export function createAwsJsonServer(service: AwsJsonService): Server {
  return createServer(async (request, response) => {
    response.setHeader('content-type', `application/x-amz-json-${service.version ?? '1.1'}`);
    response.setHeader('x-amzn-requestid', randomUUID());
    const gone = new AbortController();
    // Not of an answer that was given: an abort makes an error, and whoever waited has gone on.
    response.once('close', () => response.writableFinished || gone.abort());
    try {
      const result = await answer(service, request, gone.signal);
      response.writeHead(200).end(JSON.stringify(result));
    } catch (error) {
      const { type, message, status, headers } = asRefusal(error, service.log);
      const body = { __type: `${service.errorPrefix ?? ''}${type}`, ...(message !== '' && { message }) };
      response.writeHead(status, { 'x-amzn-errortype': type, ...headers }).end(JSON.stringify(body));
    }
  });
}
