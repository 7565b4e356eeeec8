import type { BucketDefinition, LockMode } from './bucket-definition.ts';
import type { ObjectVersion, Retention } from './object-version.ts';
import { accessDenied, invalidArgument, invalidRequest } from './s3-error.ts';

const dayMs = 24 * 60 * 60 * 1_000;

const isMode = (text: string): text is LockMode => text === 'COMPLIANCE' || text === 'GOVERNANCE';

/** A retention as a request gives it; throws InvalidArgument when half of it is missing, unknown, or past. */
export function readRetention(mode: string | undefined, until: string | undefined, now: number): Retention | undefined {
  if (mode === undefined && until === undefined) return undefined;
  if (mode === undefined || until === undefined) {
    throw invalidArgument('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied');
  }
  if (!isMode(mode)) throw invalidArgument('Unknown wormMode directive.');
  const time = Date.parse(until);
  if (Number.isNaN(time)) throw invalidArgument('The retain until date must be provided in ISO 8601 format');
  if (time <= now) throw invalidArgument('The retain until date must be in the future!');
  return { mode, until: time };
}

/** What a new version is locked by: what its request says, or the bucket's default. */
export function retentionOfNew(
  bucket: BucketDefinition,
  asked: Retention | undefined,
  now: number,
): Retention | undefined {
  if (asked) {
    refuseWithoutLock(bucket);
    return asked;
  }
  const { defaultRetention } = bucket;
  return defaultRetention && { mode: defaultRetention.mode, until: now + defaultRetention.days * dayMs };
}

/** Throws InvalidRequest for a bucket that was made without Object Lock. */
export function refuseWithoutLock({ objectLock }: BucketDefinition): void {
  if (!objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration');
}

const isProtected = accessDenied.bind(undefined, 'Access Denied because object protected by object lock.');

/** Throws AccessDenied while the version may not be removed: held, retained, or retained from those who do not bypass. */
export function refuseLocked({ retention, legalHold }: ObjectVersion, bypass: boolean, now: number): void {
  if (legalHold) throw isProtected();
  if (!retention || retention.until <= now) return;
  if (retention.mode === 'COMPLIANCE' || !bypass) throw isProtected();
}

/** Throws AccessDenied for a retention that protects a version less than the one it has. */
export function refuseWeaker(
  { retention: current }: ObjectVersion,
  next: Retention,
  bypass: boolean,
  now: number,
): void {
  if (!current || current.until <= now) return;
  const weaker = next.until < current.until || (current.mode === 'COMPLIANCE' && next.mode !== 'COMPLIANCE');
  if (weaker && (current.mode === 'COMPLIANCE' || !bypass)) throw isProtected();
}
