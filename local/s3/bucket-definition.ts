/** How an object is kept from deletion: by anyone, or by all who may not bypass it. */
export type LockMode = 'COMPLIANCE' | 'GOVERNANCE';

/** A bucket as its template describes it. */
export interface BucketDefinition {
  name: string;
  versioning: boolean;
  objectLock: boolean;
  /** What an object gets that comes without a retention of its own. */
  defaultRetention?: { mode: LockMode; days: number };
}
