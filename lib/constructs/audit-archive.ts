import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { ArchiveBucket } from './archive-bucket.ts';
import type { BankFunction } from './bank-function.ts';
import type { Provision } from './provision.ts';
import { ServiceKey } from './service-key.ts';

interface AuditArchiveProps {
  readonly config: StageConfig;
  /** The only role that may put anything into it. */
  readonly writerArn: string;
}

/**
 * Where the seals of the audit log are kept out of everybody's reach: a bucket whose objects can be neither overwritten
 * nor removed while their lock lasts, written by one role. The stage says how long that is, and for whom it holds.
 *
 * CloudFormation removes a bucket only when it is empty: on a stage that may be removed, somebody empties it first, when
 * the locks have ended or with `s3:BypassGovernanceRetention`.
 */
export class AuditArchive extends Construct {
  readonly bucket: ArchiveBucket;
  readonly #key: ServiceKey;

  constructor(scope: Construct, id: string, { config, writerArn }: AuditArchiveProps) {
    super(scope, id);
    this.#key = new ServiceKey(this, 'Key', {
      config,
      name: 'audit-archive',
      description: 'Encrypts the archive of audit seals',
      service: 's3',
      writerArns: [writerArn],
    });
    this.bucket = new ArchiveBucket(this, 'Bucket', {
      config,
      key: this.#key,
      objectLockEnabled: true,
      objectLockDefaultRetention: retentionOf(config),
    });
    this.bucket.addToResourcePolicy(writtenOnlyBy(writerArn, this.bucket));
  }

  /** Putting seals in, and reading them; for the function whose role is the writer's. */
  get writing(): Provision {
    return this.#provision(['s3:PutObject', 's3:GetObject'], this.#key.writing());
  }

  get reading(): Provision {
    return this.#provision(['s3:GetObject'], this.#key.reading());
  }

  #provision(onObjects: string[], useOfKey: PolicyStatement): Provision {
    const { bucket } = this;
    return {
      environment: { AUDIT_BUCKET: bucket.bucketName },
      allow(handler: BankFunction) {
        const reason = 'Every object of the one bucket: seals are what it is for, and nothing else is in it.';
        bucket.allowOnObjects(handler, onObjects, reason);
        // Without it S3 calls an object that is not there forbidden.
        handler.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
        handler.addToRolePolicy(useOfKey);
      },
    };
  }
}

function retentionOf({ auditRetention: { mode, days } }: StageConfig): ObjectLockRetention {
  const duration = Duration.days(days);
  return mode === 'COMPLIANCE' ? ObjectLockRetention.compliance(duration) : ObjectLockRetention.governance(duration);
}

/** Whatever IAM gives anybody else: a seal that somebody slips in is one more to explain. */
function writtenOnlyBy(writerArn: string, bucket: Bucket): PolicyStatement {
  return new PolicyStatement({
    sid: 'WrittenByTheSealerAlone',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('*')],
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': writerArn } },
  });
}
