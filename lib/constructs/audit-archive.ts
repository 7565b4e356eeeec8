import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { BankFunction } from './bank-function.ts';
import type { Provision } from './provision.ts';
import { removalPolicy } from './removal-policy.ts';
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
  readonly bucket: Bucket;
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
    this.bucket = new Bucket(this, 'Bucket', {
      objectLockEnabled: true,
      objectLockDefaultRetention: retentionOf(config),
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.#key,
      // With one, CloudTrail would tell of the bucket in place of the object.
      bucketKeyEnabled: false,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: removalPolicy(config),
    });
    this.bucket.addToResourcePolicy(writtenOnlyBy(writerArn, this.bucket));
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Without a bucket key each reading and writing of an object is a call of KMS, which CloudTrail keeps with the name of the ' +
        'object and of who called; the access logs of S3 would say the same later, and not for certain.',
    });
  }

  /** Putting seals in, and reading them; for the function whose role is the writer's. */
  get writing(): Provision {
    return this.#provision(['s3:PutObject', 's3:GetObject'], this.#key.writing());
  }

  get reading(): Provision {
    return this.#provision(['s3:GetObject'], this.#key.reading());
  }

  #provision(onObjects: string[], useOfKey: PolicyStatement): Provision {
    const { bucketName, bucketArn } = this.bucket;
    const nameElsewhere = exportName(this.bucket);
    return {
      environment: { AUDIT_BUCKET: bucketName },
      allow(handler: BankFunction) {
        handler.addToRolePolicy(new PolicyStatement({ actions: onObjects, resources: [`${bucketArn}/*`] }));
        // Without it S3 calls an object that is not there forbidden.
        handler.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }));
        handler.addToRolePolicy(useOfKey);
        Validations.of(handler.role ?? handler).acknowledge({
          id: `AwsSolutions-IAM5[Resource::${nameElsewhere}/*]`,
          reason: 'Every object of the one bucket: seals are what it is for, and nothing else is in it.',
        });
      },
    };
  }
}

function retentionOf({ auditRetention: { mode, days } }: StageConfig): ObjectLockRetention {
  const duration = Duration.days(days);
  return mode === 'COMPLIANCE' ? ObjectLockRetention.compliance(duration) : ObjectLockRetention.governance(duration);
}

/** What other stacks import the bucket's ARN by, and cdk-nag therefore calls it. */
function exportName(bucket: Bucket): string {
  const stack = Stack.of(bucket);
  const imported: Record<string, unknown> = stack.resolve(stack.exportValue(bucket.bucketArn));
  return String(imported['Fn::ImportValue']);
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
