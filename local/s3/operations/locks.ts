import { readRetention, refuseWithoutLock } from '../object-lock.ts';
import { malformedXml, S3Error } from '../s3-error.ts';
import type { Operation, S3Request } from '../s3-request.ts';
import { bypasses, versionOf } from './objects.ts';

/** The text of an element in a request, which nests nothing else of that name. */
function elementText({ body }: S3Request, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(body.toString('utf8'))?.[1]?.trim();
}

const noConfiguration = () =>
  new S3Error('NoSuchObjectLockConfiguration', 404, 'The specified object does not have a ObjectLock configuration');

export const getObjectRetention: Operation = (request, bucket) => {
  refuseWithoutLock(bucket.definition);
  const { retention } = bucket.get(request.key, versionOf(request));
  if (!retention) throw noConfiguration();
  const content = { Mode: retention.mode, RetainUntilDate: new Date(retention.until).toISOString() };
  return { xml: { root: 'Retention', content } };
};

export const putObjectRetention: Operation = (request, bucket, store) => {
  refuseWithoutLock(bucket.definition);
  const version = bucket.get(request.key, versionOf(request));
  const [mode, until] = ['Mode', 'RetainUntilDate'].map(name => elementText(request, name));
  const retention = readRetention(mode, until, store.now());
  if (!retention) throw malformedXml();
  bucket.retain(version, retention, bypasses(request));
  return {};
};

export const getObjectLegalHold: Operation = (request, bucket) => {
  refuseWithoutLock(bucket.definition);
  const { legalHold } = bucket.get(request.key, versionOf(request));
  return { xml: { root: 'LegalHold', content: { Status: legalHold ? 'ON' : 'OFF' } } };
};

export const putObjectLegalHold: Operation = (request, bucket) => {
  refuseWithoutLock(bucket.definition);
  const status = elementText(request, 'Status');
  if (status !== 'ON' && status !== 'OFF') throw malformedXml();
  bucket.hold(bucket.get(request.key, versionOf(request)), status === 'ON');
  return {};
};

export const getObjectLockConfiguration: Operation = (_request, { definition }) => {
  if (!definition.objectLock) {
    const message = 'Object Lock configuration does not exist for this bucket';
    throw new S3Error('ObjectLockConfigurationNotFoundError', 404, message);
  }
  const { defaultRetention } = definition;
  const Rule = defaultRetention && { DefaultRetention: { Mode: defaultRetention.mode, Days: defaultRetention.days } };
  return { xml: { root: 'ObjectLockConfiguration', content: { ObjectLockEnabled: 'Enabled', Rule } } };
};

export const putObjectLockConfiguration: Operation = (request, { definition }, store) => {
  refuseWithoutLock(definition);
  const mode = elementText(request, 'Mode');
  const [days, years] = ['Days', 'Years'].map(name => Number(elementText(request, name) ?? 0)) as [number, number];
  const whole = days + years * 365;
  if (mode === undefined) {
    const { defaultRetention: _none, ...rest } = definition;
    store.put(rest);
    return {};
  }
  if ((mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') || !Number.isInteger(whole) || whole < 1) throw malformedXml();
  store.put({ ...definition, defaultRetention: { mode, days: whole } });
  return {};
};
