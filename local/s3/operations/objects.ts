import { checksumHeaders } from '../checksums.ts';
import { readRetention, refuseWithoutLock } from '../object-lock.ts';
import type { ObjectVersion } from '../object-version.ts';
import { invalidRequest, preconditionFailed, S3Error } from '../s3-error.ts';
import type { Operation, S3Answer, S3Request } from '../s3-request.ts';
import { readUpload } from '../upload.ts';

/** The version that a request names; undefined where it names none. */
export const versionOf = ({ query }: S3Request) => query.get('versionId') ?? undefined;
export const bypasses = ({ headers }: S3Request) => headers['x-amz-bypass-governance-retention'] === 'true';

function versionHeader({ versionId }: ObjectVersion): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}

function lockHeaders({ retention, legalHold }: ObjectVersion): Record<string, string> {
  return {
    ...(retention && {
      'x-amz-object-lock-mode': retention.mode,
      'x-amz-object-lock-retain-until-date': new Date(retention.until).toISOString(),
    }),
    ...(legalHold && { 'x-amz-object-lock-legal-hold': 'ON' }),
  };
}

export const putObject: Operation = (request, bucket, store) => {
  const { headers, key } = request;
  if (headers['x-amz-copy-source'] !== undefined)
    throw new S3Error('NotImplemented', 501, 'Copies are not served here');
  const upload = readUpload(request);
  const retention = readRetention(
    headers['x-amz-object-lock-mode'],
    headers['x-amz-object-lock-retain-until-date'],
    store.now(),
  );
  const legalHold = headers['x-amz-object-lock-legal-hold'] === 'ON';
  if (legalHold) refuseWithoutLock(bucket.definition);
  if (retention && headers['content-md5'] === undefined && Object.keys(upload.checksums).length === 0) {
    const needed =
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
    throw invalidRequest(needed);
  }
  const condition = { absent: headers['if-none-match'] === '*', etag: headers['if-match'] };
  const version = bucket.put({ key, ...upload, retention, legalHold, condition });
  return { headers: { etag: version.etag, ...versionHeader(version), ...checksumHeaders(version.checksums) } };
};

/** `bytes=2-5`, `bytes=2-` or `bytes=-4` of so many bytes: first and last. Undefined for what is no range. */
function rangeOf(header: string | undefined, size: number): [number, number] | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) throw new S3Error('InvalidRange', 416, 'The requested range is not satisfiable');
  return [from, to];
}

function describe(request: S3Request, version: ObjectVersion): Record<string, string> {
  const withChecksums = request.headers['x-amz-checksum-mode'] === 'ENABLED';
  return {
    'accept-ranges': 'bytes',
    'content-type': 'binary/octet-stream',
    ...version.headers,
    etag: version.etag,
    'last-modified': new Date(version.lastModified).toUTCString(),
    ...versionHeader(version),
    ...lockHeaders(version),
    ...(withChecksums && checksumHeaders(version.checksums)),
  };
}

const matches = (header: string, etag: string) =>
  header === '*' || header.split(',').some(each => each.trim() === etag);

function read(request: S3Request, version: ObjectVersion, bytes: () => Buffer): S3Answer {
  const { 'if-match': match, 'if-none-match': noneMatch, range: asked } = request.headers;
  if (match !== undefined && !matches(match, version.etag)) throw preconditionFailed();
  if (noneMatch !== undefined && matches(noneMatch, version.etag)) {
    return { status: 304, headers: { etag: version.etag } };
  }
  const headers = describe(request, version);
  const range = rangeOf(asked, version.size);
  if (!range) return { headers: { ...headers, 'content-length': String(version.size) }, body: bytes() };
  const [from, to] = range;
  // Checksums are of the whole object, and would be held against the part.
  const ofPart = Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
  return {
    status: 206,
    headers: {
      ...Object.fromEntries(ofPart),
      'content-length': String(to - from + 1),
      'content-range': `bytes ${from}-${to}/${version.size}`,
    },
    body: bytes().subarray(from, to + 1),
  };
}

export const getObject: Operation = (request, bucket) => {
  const version = bucket.get(request.key, versionOf(request));
  return read(request, version, () => bucket.read(version));
};

export const headObject: Operation = (request, bucket) => {
  const { body: _body, ...head } = read(request, bucket.get(request.key, versionOf(request)), () => Buffer.alloc(0));
  return head;
};

export const deleteObject: Operation = (request, bucket) => {
  const version = bucket.delete(request.key, versionOf(request), bypasses(request));
  const marker: Record<string, string> = version?.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {};
  return { status: 204, headers: { ...marker, ...(version && versionHeader(version)) } };
};
