import * as z from 'zod';
import type { BucketDefinition } from '../s3/bucket-definition.ts';
import { flag, quantity } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

const bucketSchema = z.object({
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  ObjectLockEnabled: flag.default(false),
  ObjectLockConfiguration: z
    .object({
      Rule: z
        .object({
          DefaultRetention: z.object({
            Mode: z.enum(['COMPLIANCE', 'GOVERNANCE']),
            Days: quantity.optional(),
            Years: quantity.optional(),
          }),
        })
        .optional(),
    })
    .optional(),
});

const daysOfYear = 365;

/** The S3 buckets. One with Object Lock keeps versions, as AWS has it. */
export function readBuckets(assembly: ResolvedAssembly): BucketDefinition[] {
  return assembly.ofType('AWS::S3::Bucket').map(resource => {
    const properties = resource.read(bucketSchema);
    const retention = properties.ObjectLockConfiguration?.Rule?.DefaultRetention;
    const objectLock = properties.ObjectLockEnabled;
    return {
      name: resource.ref(),
      versioning: objectLock || properties.VersioningConfiguration?.Status === 'Enabled',
      objectLock,
      ...(retention && {
        defaultRetention: {
          mode: retention.Mode,
          days: retention.Days ?? (retention.Years ?? 0) * daysOfYear,
        },
      }),
    };
  });
}
