import { createHash, randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { xmlDocument } from '../xml.ts';
import type { BucketDefinition } from './bucket-definition.ts';
import { BucketStore } from './bucket-store.ts';
import { answerRequest } from './router.ts';
import { accessDenied, S3Error } from './s3-error.ts';
import { readRequest, type S3Answer, type S3Request } from './s3-request.ts';

export interface S3Options {
  /** 0, any free port, unless told. */
  port?: number;
  /** Where buckets are kept, a folder each. */
  directory: string;
  /** The buckets of the application; those that are new are made. */
  buckets: BucketDefinition[];
  /** Told of every refusal. */
  log?(line: string): void;
  /** The clock, in milliseconds since 1970; tests set it. */
  now?(): number;
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

function send(response: ServerResponse, { status = 200, headers = {}, body, xml }: S3Answer): void {
  const text = xml && xmlDocument(xml.root, xml.content, namespace);
  response.writeHead(status, { ...headers, ...(text !== undefined && { 'content-type': 'application/xml' }) });
  response.end(text ?? body);
}

function refuse(response: ServerResponse, error: S3Error, resource: string | undefined): void {
  const requestId = String(response.getHeader('x-amz-request-id'));
  const content = { Code: error.code, Message: error.message, Resource: resource, RequestId: requestId };
  const headers = { ...error.headers, 'content-type': 'application/xml' };
  response.writeHead(error.status, headers).end(xmlDocument('Error', content));
}

function refuseUnsigned({ headers, query }: S3Request): void {
  if (headers.authorization === undefined && !query.has('X-Amz-Signature')) throw accessDenied('Access Denied');
}

/**
 * Serves S3 (path style over HTTP) with buckets kept in a directory. Any signature is accepted, none is not
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/). Throws when what is kept is damaged; rejects with Node's own error
 * when it cannot listen.
 */
export async function startS3(options: S3Options): Promise<LoopbackServer> {
  const store = new BucketStore(options.directory, options.now ?? Date.now);
  for (const bucket of options.buckets) store.put(bucket);
  const server = createServer(async (incoming, response) => {
    const id = randomUUID();
    response.setHeader('x-amz-request-id', id.replaceAll('-', '').slice(0, 16).toUpperCase());
    response.setHeader('x-amz-id-2', createHash('sha256').update(id).digest('base64'));
    try {
      const request = await readRequest(incoming);
      refuseUnsigned(request);
      send(response, answerRequest(request, store));
    } catch (error) {
      const known = error instanceof S3Error ? error : undefined;
      const path = incoming.url?.split('?', 1)[0];
      options.log?.(`${known?.code ?? 'InternalError'} ${incoming.method} ${path}: ${(error as Error).message}`);
      refuse(response, known ?? new S3Error('InternalError', 500, 'We encountered an internal error.'), path);
    }
  });
  return await listenOnLoopback(server, options.port);
}
