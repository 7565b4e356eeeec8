import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { BankFunction } from './bank-function.ts';
import { removalPolicy } from './removal-policy.ts';
import type { ServiceKey } from './service-key.ts';

interface ArchiveBucketProps extends Pick<BucketProps, 'objectLockEnabled' | 'objectLockDefaultRetention'> {
  readonly config: StageConfig;
  readonly key: ServiceKey;
}

/**
 * A bucket for what is kept: every version of it, encrypted by a key of its own, over TLS, and never for the public.
 * CloudFormation removes a bucket only when it is empty: on a stage that may be removed, somebody empties it first.
 */
export class ArchiveBucket extends Bucket {
  constructor(scope: Construct, id: string, { config, key, ...locks }: ArchiveBucketProps) {
    super(scope, id, {
      ...locks,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      // With one, CloudTrail would tell of the bucket in place of the object.
      bucketKeyEnabled: false,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: removalPolicy(config),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Without a bucket key each reading and writing of an object is a call of KMS, which CloudTrail keeps with the name of the ' +
        'object and of who called; the access logs of S3 would say the same later, and not for certain.',
    });
  }

  /** Lets a function do something with all objects. */
  allowOnObjects(handler: BankFunction, actions: string[], reason: string): void {
    handler.addToRolePolicy(new PolicyStatement({ actions, resources: [this.arnForObjects('*')] }));
    Validations.of(handler.role ?? handler).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.#exportName()}/*]`,
      reason,
    });
  }

  /** What other stacks import the bucket's ARN by, and cdk-nag therefore calls it. */
  #exportName(): string {
    const stack = Stack.of(this);
    const imported: Record<string, unknown> = stack.resolve(stack.exportValue(this.bucketArn));
    return String(imported['Fn::ImportValue']);
  }
}
