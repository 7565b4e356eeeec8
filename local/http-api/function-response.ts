import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type GatewayAnswer, gatewayRefusal } from './gateway-answer.ts';

/** Headers that belong to the connection, and those that the gateway sets itself. */
const setByGateway = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'apigw-requestid']);

/**
 * Reads what a function returned by the rules of payload format 2.0. An object with a `statusCode` is a response, and a
 * malformed one is a 500; anything else is the body of a 200 in JSON, a string as it stands.
 */
export function readFunctionResponse(payload: unknown): GatewayAnswer {
  if (!isRecord(payload) || payload.statusCode === undefined) return inferred(payload);
  return readResponse(payload) ?? gatewayRefusal(500);
}

function inferred(payload: unknown): GatewayAnswer {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
  return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
}

function readResponse(payload: Record<string, unknown>): GatewayAnswer | undefined {
  const headers = readHeaders(payload.headers ?? {});
  const cookies = readCookies(payload.cookies ?? []);
  const text = payload.body ?? '';
  const encoded = payload.isBase64Encoded ?? false;
  if (!isStatus(payload.statusCode) || headers === undefined || cookies === undefined) return undefined;
  if (typeof text !== 'string' || typeof encoded !== 'boolean') return undefined;
  return {
    status: payload.statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    cookies,
    body: encoded ? Buffer.from(text, 'base64') : text,
  };
}

/** Interim answers (1xx) cannot end a request, so they are no response either. */
function isStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599;
}

function readHeaders(headers: unknown): Record<string, string> | undefined {
  if (!isRecord(headers)) return undefined;
  const read: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === null || setByGateway.has(name.toLowerCase())) continue;
    if (typeof value === 'object' || !isHeader(name, String(value))) return undefined;
    read.push([name.toLowerCase(), String(value)]);
  }
  return Object.fromEntries(read);
}

function readCookies(cookies: unknown): string[] | undefined {
  const fit = Array.isArray(cookies) && cookies.every(cookie => typeof cookie === 'string' && isHeader('x', cookie));
  return fit ? cookies : undefined;
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
