import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** HTTP APIs take no more than 10 MB of payload, and the quota is not adjustable. */
const maxBodyBytes = 10 * 1024 * 1024;

/** How a body stands in the event; an empty one does not. */
export interface EventBody {
  body?: string;
  isBase64Encoded: boolean;
}

const textTypes = new Set(['application/json', 'application/xml', 'application/javascript']);

/**
 * Reads a body to its end. Undefined when it is larger than `maxBodyBytes`: none of it is kept, and the rest is left to
 * be thrown away. Rejects when the client goes away before the end.
 */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) {
        chunks.push(chunk);
      } else {
        chunks = [];
        resolve(undefined);
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

/**
 * Puts a body into the event as HTTP APIs do: plain for `text/*`, JSON, XML and JavaScript in UTF-8, base64 for
 * everything else, a form and a body without a content type included. A text body that is not UTF-8 is base64 too, so
 * that the function sees the bytes that came.
 */
export function encodeBody(body: Buffer, contentType: string | undefined): EventBody {
  if (body.length === 0) return { isBase64Encoded: false };
  return isText(contentType) && isUtf8(body)
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

function isText(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map(part => part.trim()).find(part => part.startsWith('charset='));
  const named = charset?.slice('charset='.length).replaceAll('"', '') ?? 'utf-8';
  if (named !== 'utf-8' && named !== 'utf8') return false;
  return type.trim().startsWith('text/') || textTypes.has(type.trim());
}
