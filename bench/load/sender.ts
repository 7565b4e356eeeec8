import http from 'node:http';
import https from 'node:https';

/** One request as it goes over the wire. */
export interface Request {
  method: string;
  path: string;
  token: string;
  /** The Idempotency-Key, for commands. */
  key?: string;
  body?: object;
}

/** What came back for one sending. A status of 0 is none: the connection broke, or nothing came in time. */
export interface Answer {
  status: number;
  /** The problem's code, or what kept an answer from coming; empty for a success. */
  code: string;
  body: Record<string, unknown>;
  /** Seconds, where the answer says when to come again. */
  retryAfter: number | undefined;
}

/** Sends requests over connections that it keeps. */
export interface Sender {
  send(request: Request): Promise<Answer>;
  close(): void;
}

/** Longer than API Gateway's own limit of 30 s, so that its answer is seen. */
const timeoutMs = 35_000;

/** A sender to an API's address. Never rejects: what goes wrong is an answer too. */
export function createSender(baseUrl: string): Sender {
  const secure = baseUrl.startsWith('https:');
  const settings = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };
  const agent = secure ? new https.Agent(settings) : new http.Agent(settings);
  const request = secure ? https.request : http.request;
  return {
    send: ({ method, path, token, key, body }) => {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const text = body && JSON.stringify(body);
      const sent = request(
        `${baseUrl}${path}`,
        {
          method,
          agent,
          timeout: timeoutMs,
          headers: {
            authorization: `Bearer ${token}`,
            ...(key !== undefined && { 'idempotency-key': key }),
            ...(text !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
            }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.once('end', () => resolve(answerOf(response, Buffer.concat(chunks).toString())));
          response.once('error', error => resolve(noAnswer(error)));
        },
      );
      sent.once('timeout', () => sent.destroy(new Error('time-out')));
      sent.once('error', error => resolve(noAnswer(error)));
      sent.end(text);
      return promise;
    },
    close: () => agent.destroy(),
  };
}

function answerOf({ statusCode = 0, headers }: http.IncomingMessage, text: string): Answer {
  const body = parse(text);
  const wait = Number(headers['retry-after']);
  return {
    status: statusCode,
    code: statusCode < 400 ? '' : String(body.code ?? body.message ?? 'no problem document'),
    body,
    retryAfter: Number.isFinite(wait) ? wait : undefined,
  };
}

function noAnswer(error: Error & { code?: string }): Answer {
  return { status: 0, code: error.code ?? error.message, body: {}, retryAfter: undefined };
}

/** Something between the bank and its caller may answer what is no JSON. */
function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
