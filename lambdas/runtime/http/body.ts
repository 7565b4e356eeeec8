import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parse } from 'lossless-json';
import { BankError } from '../../domain/errors.ts';

/** No request of the bank's comes near this. */
const maximumBytes = 64 * 1024;

/**
 * Reads a JSON body. Numbers keep their source text, so money in them is never a float; a key that is given twice is refused.
 *
 * @throws BankError PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, or INVALID_REQUEST if it is not UTF-8 or not a JSON object.
 */
export function readBody(event: APIGatewayProxyEventV2): unknown {
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
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BankError('INVALID_REQUEST', { detail: 'The body must be a JSON object.' });
  }
  return body;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), null, {
      onDuplicateKey: ({ key }) => {
        throw new SyntaxError(`the key ${JSON.stringify(key)} is given twice`);
      },
    });
  } catch (error) {
    const duplicate = error instanceof SyntaxError && /given twice/.test(error.message);
    throw new BankError('INVALID_REQUEST', {
      detail: duplicate ? `In the body, ${error.message}.` : 'The body is not JSON in UTF-8.',
      cause: error,
    });
  }
}
