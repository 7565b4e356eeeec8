import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request without its body, in the gateway's terms. */
export interface RequestHead {
  method: string;
  /** Percent-decoded, stage included: HTTP APIs hand functions a decoded `rawPath`. */
  path: string;
  rawQueryString: string;
  query: Record<string, string>;
  /** Lower-case names; values of repeated headers joined with commas; no cookies. */
  headers: Record<string, string>;
  cookies: string[];
  protocol: string;
  /** The socket's address: what a client claims in `x-forwarded-for` is passed on, never believed. */
  sourceIp: string;
}

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Reads the head of a request; undefined when its target is no path or its escapes are malformed. */
export function readHead(request: IncomingMessage, nowMs: number): RequestHead | undefined {
  const target = request.url ?? '';
  const mark = target.indexOf('?');
  const path = decodePath(mark < 0 ? target : target.slice(0, mark));
  if (path === undefined) return undefined;

  const rawQueryString = mark < 0 ? '' : target.slice(mark + 1);
  const sourceIp = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const joined = joinHeaders(request.headersDistinct);
  const { cookie, ...headers } = joined;
  return {
    method: request.method ?? 'GET',
    path,
    rawQueryString,
    query: readQuery(rawQueryString),
    headers: {
      ...headers,
      'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? newTraceId(nowMs),
      'x-forwarded-for': [headers['x-forwarded-for'], sourceIp].filter(Boolean).join(', '),
      'x-forwarded-port': String(request.socket.localPort ?? ''),
      'x-forwarded-proto': 'http',
    },
    cookies: splitCookies(cookie),
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp,
  };
}

function decodePath(path: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function readQuery(rawQueryString: string): Record<string, string> {
  if (rawQueryString === '') return {};
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

function joinHeaders(distinct: NodeJS.Dict<string[]>): Record<string, string> {
  const joined = Object.entries(distinct)
    .filter(([name]) => !hopByHop.has(name))
    .map(([name, values]): [string, string] => [name, (values ?? []).join(name === 'cookie' ? ';' : ',')]);
  return Object.fromEntries(joined);
}

function splitCookies(cookie: string | undefined): string[] {
  if (cookie === undefined) return [];
  return cookie
    .split(';')
    .map(part => part.trim())
    .filter(part => part !== '');
}

function newTraceId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}
