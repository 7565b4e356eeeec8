import { createHash } from 'node:crypto';
import { verifiedChecksums } from './checksums.ts';
import { invalidRequest, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const lineEnd = '\r\n';

/** Takes `aws-chunked` content apart: `<size in hex>[;chunk-signature=…]`, the bytes, …, `0`, trailers. */
function unchunk(body: Buffer): { bytes: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let position = 0;
  const nextLine = () => {
    const end = body.indexOf(lineEnd, position);
    if (end < 0) throw new S3Error('IncompleteBody', 400, 'The request body terminated unexpectedly');
    const line = body.toString('latin1', position, end);
    position = end + lineEnd.length;
    return line;
  };
  for (;;) {
    const size = Number.parseInt(nextLine(), 16);
    if (!size) break;
    chunks.push(body.subarray(position, position + size));
    position += size + lineEnd.length;
  }
  const trailers: Record<string, string> = {};
  while (position < body.length) {
    const [, name, value] = /^([^:]+):(.*)$/.exec(nextLine()) ?? [];
    if (name !== undefined && value !== undefined) trailers[name.toLowerCase()] = value.trim();
  }
  return { bytes: Buffer.concat(chunks), trailers };
}

/** The headers that an object is given back with. */
const keptHeaders = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];

function kept(headers: Record<string, string>): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => keptHeaders.includes(name) || name.startsWith('x-amz-meta-'));
  const encoding = headers['content-encoding']
    ?.split(',')
    .map(each => each.trim())
    .filter(each => each !== 'aws-chunked')
    .join(',');
  return { ...Object.fromEntries(own), ...(encoding && { 'content-encoding': encoding }) };
}

/** An object's bytes and headers as they were sent, once every checksum that came with them has been found right. */
export function readUpload({ headers, body }: S3Request) {
  const chunked = headers['x-amz-content-sha256']?.startsWith('STREAMING-') ?? false;
  const { bytes, trailers } = chunked ? unchunk(body) : { bytes: body, trailers: {} };
  const expected = headers['x-amz-decoded-content-length'];
  if (chunked && expected !== undefined && Number(expected) !== bytes.length) {
    throw invalidRequest('x-amz-decoded-content-length is not the length of the content');
  }
  const signed = headers['x-amz-content-sha256'] ?? '';
  if (/^[0-9a-f]{64}$/.test(signed) && createHash('sha256').update(bytes).digest('hex') !== signed) {
    const message = 'The provided x-amz-content-sha256 header does not match what was computed.';
    throw new S3Error('XAmzContentSHA256Mismatch', 400, message);
  }
  return { body: bytes, headers: kept(headers), checksums: verifiedChecksums({ ...headers, ...trailers }, bytes) };
}
