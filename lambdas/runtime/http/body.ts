import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isLosslessNumber, parse } from 'lossless-json';
import { BankError } from '../../domain/errors.ts';

/** No request of the bank's comes near this, but for those that carry many. */
const usualLimit = 64 * 1024;

/**
 * Reads a JSON body. Numbers keep their source text, so money in them is never a float; a key that is given twice is refused.
 *
 * @throws BankError PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, or INVALID_REQUEST if it is not UTF-8 or not a JSON object.
 */
export function readBody(event: APIGatewayProxyEventV2, maximumBytes = usualLimit): unknown {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maximumBytes) {
    throw new BankError('PAYLOAD_TOO_LARGE', { detail: `At most ${maximumBytes} bytes are taken.` });
  }
  if (bytes.length === 0) {
    return {};
  }
  const mediaType = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== 'application/json') {
    throw new BankError('UNSUPPORTED_MEDIA_TYPE', { detail: 'Send the header Content-Type: application/json.' });
  }
  const body = parseJson(bytes);
  if (typeof body !== 'object' || body === null || Array.isArray(body) || isLosslessNumber(body)) {
    throw new BankError('INVALID_REQUEST', { detail: 'The body must be a JSON object.' });
  }
  return body;
}

function parseJson(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value = parse(text, null, { onDuplicateKey: ({ key }) => refuseTwice(`the key ${JSON.stringify(key)}`) });
    // The parser says nothing of a key that is given twice with the same value.
    return keysIn(text) === keysOf(value) ? value : refuseTwice('a key');
  } catch (error) {
    throw error instanceof BankError
      ? error
      : new BankError('INVALID_REQUEST', { detail: 'The body is not JSON in UTF-8.', cause: error });
  }
}

function refuseTwice(what: string): never {
  throw new BankError('INVALID_REQUEST', { detail: `In the body, ${what} is given twice.` });
}

/** How many keys a JSON text writes: its strings that a colon follows. */
function keysIn(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

/** How many keys a parsed value has, inner ones included: fewer than were written if one was given twice. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) {
    return 0;
  }
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, inner) => sum + keysOf(inner), own);
}
