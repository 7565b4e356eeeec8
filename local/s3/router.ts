import type { BucketStore } from './bucket-store.ts';
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  headBucket,
  listBuckets,
  putBucketVersioning,
} from './operations/buckets.ts';
import { listObjectsV2, listObjectVersions } from './operations/lists.ts';
import {
  getObjectLegalHold,
  getObjectLockConfiguration,
  getObjectRetention,
  putObjectLegalHold,
  putObjectLockConfiguration,
  putObjectRetention,
} from './operations/locks.ts';
import { deleteObject, getObject, headObject, putObject } from './operations/objects.ts';
import { notImplemented } from './s3-error.ts';
import type { Operation, S3Answer, S3Request } from './s3-request.ts';

/** Parameters of a query that do not name a subresource. */
const plainParameters = new Set([
  'bypass-governance-retention',
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'key-marker',
  'list-type',
  'max-keys',
  'prefix',
  'start-after',
  'version-id-marker',
  'versionId',
  'x-id',
]);

/** Every operation that is served on a bucket or on an object in it, by method and subresource. */
const operations: Record<'bucket' | 'object', Record<string, Operation>> = {
  bucket: {
    GET: listObjectsV2,
    HEAD: headBucket,
    DELETE: deleteBucket,
    'GET location': getBucketLocation,
    'GET versioning': getBucketVersioning,
    'PUT versioning': putBucketVersioning,
    'GET versions': listObjectVersions,
    'GET object-lock': getObjectLockConfiguration,
    'PUT object-lock': putObjectLockConfiguration,
  },
  object: {
    PUT: putObject,
    GET: getObject,
    HEAD: headObject,
    DELETE: deleteObject,
    'GET retention': getObjectRetention,
    'PUT retention': putObjectRetention,
    'GET legal-hold': getObjectLegalHold,
    'PUT legal-hold': putObjectLegalHold,
  },
};

function subresource(query: URLSearchParams): string {
  const named = [...query.keys()].filter(name => !plainParameters.has(name) && !name.startsWith('X-Amz-'));
  return named.map(name => ` ${name}`).join('');
}

/** Answers a request, or throws S3Error with what it is refused for. */
export function answerRequest(request: S3Request, store: BucketStore): S3Answer {
  const { method, query } = request;
  const asked = `${method}${subresource(query)}`;
  if (request.bucket === '' && asked === 'GET') return listBuckets(store);
  if (request.key === '' && asked === 'PUT') return createBucket(request, store);
  const operation = operations[request.key === '' ? 'bucket' : 'object'][asked];
  const isFirstList = operation === listObjectsV2 && query.get('list-type') !== '2';
  if (!operation || isFirstList) throw notImplemented(`${asked} of ${request.key === '' ? 'a bucket' : 'an object'}`);
  return operation(request, store.get(request.bucket), store);
}
