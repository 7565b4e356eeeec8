import type { XmlContent } from '../../xml.ts';
import type { ObjectVersion } from '../object-version.ts';
import { invalidArgument } from '../s3-error.ts';
import type { Operation, S3Request } from '../s3-request.ts';

const mostKeys = 1_000;

function limitOf({ query }: S3Request): number {
  const asked = Number(query.get('max-keys') ?? mostKeys);
  if (!Number.isInteger(asked) || asked < 0) throw invalidArgument('Argument max-keys must be an integer of 0 or more');
  return Math.min(asked, mostKeys);
}

/** Keys as they are, or percent-encoded where the request asks for it. */
function encoding({ query }: S3Request): (text: string) => string {
  if (query.get('encoding-type') !== 'url') return text => text;
  return text => encodeURIComponent(text).replaceAll('%2F', '/');
}

function contents(version: ObjectVersion, encode: (text: string) => string): Record<string, XmlContent> {
  return {
    Key: encode(version.key),
    LastModified: new Date(version.lastModified).toISOString(),
    ETag: version.etag,
    Size: version.size,
    StorageClass: 'STANDARD',
  };
}

/** The part of a key that stands for all keys beginning with it; undefined for one that stands for itself. */
function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

export const listObjectsV2: Operation = (request, bucket) => {
  const { query } = request;
  const [prefix, delimiter, token, startAfter] = ['prefix', 'delimiter', 'continuation-token', 'start-after'].map(
    name => query.get(name) ?? '',
  ) as [string, string, string, string];
  const after = token === '' ? startAfter : Buffer.from(token, 'base64url').toString();
  const most = limitOf(request);
  const encode = encoding(request);
  const found = new Map<string, ObjectVersion | undefined>();
  let truncated = false;
  let last = '';
  for (const version of bucket.objects()) {
    if (!version.key.startsWith(prefix) || version.key <= after) continue;
    const common = commonPrefix(version.key, prefix, delimiter);
    if (common !== undefined && (found.has(common) || after.startsWith(common))) continue;
    if (found.size >= most) {
      truncated = true;
      break;
    }
    found.set(common ?? version.key, common === undefined ? version : undefined);
    last = common ?? version.key;
  }
  const content = {
    Name: bucket.definition.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: most,
    EncodingType: query.get('encoding-type') ?? undefined,
    KeyCount: found.size,
    IsTruncated: truncated,
    ContinuationToken: token === '' ? undefined : token,
    // What follows a common prefix begins with it no more, and sorts behind anything that does.
    NextContinuationToken: truncated ? Buffer.from(last).toString('base64url') : undefined,
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    Contents: [...found.values()].flatMap(version => (version ? [contents(version, encode)] : [])),
    CommonPrefixes: [...found].flatMap(([name, version]) => (version ? [] : [{ Prefix: encode(name) }])),
  };
  return { xml: { root: 'ListBucketResult', content } };
};

export const listObjectVersions: Operation = (request, bucket) => {
  const { query } = request;
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  const most = limitOf(request);
  const encode = encoding(request);
  const all = bucket.versions().filter(({ key }) => key.startsWith(prefix));
  const marked = all.findIndex(({ key, versionId }) => key === keyMarker && versionId === versionMarker);
  const rest = marked >= 0 ? all.slice(marked + 1) : all.filter(({ key }) => key > keyMarker);
  const page = rest.slice(0, most);
  const next = rest.length > page.length ? page.at(-1) : undefined;
  const onWire = (version: ObjectVersion): Record<string, XmlContent> => {
    const { Size, ETag, StorageClass, ...known } = contents(version, encode);
    const about = { ...known, VersionId: version.versionId, IsLatest: bucket.isCurrent(version) };
    return version.deleteMarker ? about : { ...about, Size, ETag, StorageClass };
  };
  const content = {
    Name: bucket.definition.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    MaxKeys: most,
    IsTruncated: next !== undefined,
    NextKeyMarker: next && encode(next.key),
    NextVersionIdMarker: next?.versionId,
    Version: page.filter(version => !version.deleteMarker).map(onWire),
    DeleteMarker: page.filter(version => version.deleteMarker).map(onWire),
  };
  return { xml: { root: 'ListVersionsResult', content } };
};
