import { region } from '../../assembly/local-account.ts';
import type { BucketStore } from '../bucket-store.ts';
import { malformedXml, S3Error } from '../s3-error.ts';
import type { Operation, S3Answer, S3Request } from '../s3-request.ts';

/** Lists every bucket: the one operation that is on none. */
export function listBuckets(store: BucketStore): S3Answer {
  const Bucket = store.all().map(({ definition, createdAt }) => ({
    Name: definition.name,
    CreationDate: new Date(createdAt).toISOString(),
  }));
  const content = { Owner: { ID: 'local' }, Buckets: { Bucket } };
  return { xml: { root: 'ListAllMyBucketsResult', content } };
}

/** Makes a bucket: the one operation on a bucket that is not there. */
export function createBucket({ bucket: name, headers }: S3Request, store: BucketStore): S3Answer {
  if (!/^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new S3Error('InvalidBucketName', 400, 'The specified bucket is not valid.');
  }
  if (store.find(name)) {
    const message = 'Your previous request to create the named bucket succeeded and you already own it.';
    throw new S3Error('BucketAlreadyOwnedByYou', 409, message);
  }
  const objectLock = headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true';
  store.put({ name, versioning: objectLock, objectLock });
  return { headers: { location: `/${name}` } };
}

export const headBucket: Operation = () => ({ headers: { 'x-amz-bucket-region': region } });

export const deleteBucket: Operation = (_request, bucket, store) => {
  if (!bucket.isEmpty) throw new S3Error('BucketNotEmpty', 409, 'The bucket you tried to delete is not empty');
  store.remove(bucket);
  return { status: 204 };
};

export const getBucketLocation: Operation = () => ({ xml: { root: 'LocationConstraint', content: '' } });

export const getBucketVersioning: Operation = (_request, { definition }) => ({
  xml: { root: 'VersioningConfiguration', content: { Status: definition.versioning ? 'Enabled' : undefined } },
});

export const putBucketVersioning: Operation = ({ body }, { definition }, store) => {
  const [, status] = /<Status>(\w+)<\/Status>/.exec(body.toString('utf8')) ?? [];
  if (status === 'Suspended') throw new S3Error('InvalidBucketState', 409, 'Versions are not suspended here.');
  if (status !== 'Enabled') throw malformedXml();
  store.put({ ...definition, versioning: true });
  return {};
};
