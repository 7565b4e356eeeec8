import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createGateway } from './answer-request.ts';
import { type GatewayAnswer, gatewayRefusal } from './gateway-answer.ts';
import type { HttpApiOptions } from './http-api-options.ts';
import { type LoopbackServer, listenOnLoopback } from './loopback-server.ts';

/** HTTP APIs take no more than 10,240 bytes of request line and headers together. */
const maxHeaderBytes = 10_240;
/** Longer than a client is likely to keep an idle connection, so that the client is the one to let it go. */
const keepAliveMs = 75_000;

/**
 * Serves an API Gateway HTTP API with JWT authorizers and Lambda proxy integrations in payload format 2.0. Rejects with
 * Node's own error when it cannot listen (`EADDRINUSE` when the port is taken).
 */
export async function startHttpApi(options: HttpApiOptions): Promise<LoopbackServer> {
  const answer = createGateway(options);
  const server: Server = createServer({ maxHeaderSize: maxHeaderBytes, keepAliveTimeout: keepAliveMs });
  server.on('request', async (request, response) => {
    const startedAt = performance.now();
    const requestId = newRequestId();
    const given = options.own?.(request) ?? (await answer(request, requestId));
    send(request, response, given, requestId);
    if (options.log !== undefined) {
      const path = request.url?.split('?', 1)[0];
      const took = Math.round(performance.now() - startedAt);
      options.log(`${request.method} ${path} ${given.status} ${took}ms ${requestId}`);
    }
  });
  server.on('clientError', refuseUnreadable);
  return await listenOnLoopback(server, options.port, options.host);
}

function send(request: IncomingMessage, response: ServerResponse, answer: GatewayAnswer, requestId: string): void {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (answer.cookies.length > 0) response.setHeader('set-cookie', answer.cookies);
  response.setHeader('apigw-requestid', requestId);
  if (!request.complete) {
    // What is still on its way is thrown away, so that a client busy sending gets to read the answer.
    response.setHeader('connection', 'close');
    request.resume();
  }
  response.statusCode = answer.status;
  response.end(answer.body);
}

/** Sixteen characters, as API Gateway's own. */
function newRequestId(): string {
  return randomBytes(11).toString('base64');
}

function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, body } = gatewayRefusal(error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400);
  const reason = status === 431 ? 'Request Header Fields Too Large' : 'Bad Request';
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n` +
      `apigw-requestid: ${newRequestId()}\r\nconnection: close\r\n\r\n${body}`,
  );
}
