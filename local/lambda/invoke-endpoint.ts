import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { LambdaError } from './lambda-error.ts';
import type { InvocationType, InvokeResult, LambdaHost } from './lambda-host.ts';

const invocationTypes: InvocationType[] = ['RequestResponse', 'Event', 'DryRun'];

function parseEvent(body: string): string {
  if (body === '') return '{}';
  try {
    JSON.parse(body);
    return body;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LambdaError('InvalidRequestContentException', `Could not parse request body into json: ${reason}`);
  }
}

type Invoke = LambdaHost['invokeJson'];

async function answer(invoke: Invoke, request: IncomingMessage): Promise<InvokeResult> {
  const path = new URL(request.url ?? '/', 'http://lambda').pathname;
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  if (request.method !== 'POST' || name === undefined) {
    throw new LambdaError('UnknownOperationException', `${request.method} ${path} is not served here`);
  }
  const asked = request.headers['x-amz-invocation-type'];
  const type = invocationTypes.find(known => known === asked) ?? 'RequestResponse';
  return await invoke(decodeURIComponent(name), parseEvent(await text(request)), { type });
}

/**
 * Serves Lambda's Invoke operation over HTTP, for functions that invoke one another and for the AWS CLI
 * (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
 */
export async function startInvokeEndpoint(invoke: Invoke, port = 0): Promise<LoopbackServer> {
  const server = createServer(async (request, response) => {
    response.setHeader('x-amzn-requestid', crypto.randomUUID());
    response.setHeader('content-type', 'application/json');
    try {
      const { statusCode, functionError, payload } = await answer(invoke, request);
      if (functionError) response.setHeader('x-amz-function-error', functionError);
      response.setHeader('x-amz-executed-version', '$LATEST');
      response.writeHead(statusCode).end(statusCode === 200 ? JSON.stringify(payload) : undefined);
    } catch (error) {
      const refusal = error instanceof LambdaError ? error : undefined;
      const code = refusal?.code ?? 'ServiceException';
      response.setHeader('x-amzn-errortype', code);
      const message = error instanceof Error ? error.message : String(error);
      response.writeHead(refusal?.status ?? 500).end(JSON.stringify({ Type: 'User', Message: message }));
    }
  });
  return await listenOnLoopback(server, port);
}
