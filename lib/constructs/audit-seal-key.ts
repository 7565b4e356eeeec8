import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { BankFunction } from './bank-function.ts';
import { keyPolicy } from './key-policy.ts';
import type { Provision } from './provision.ts';
import { removalPolicy } from './removal-policy.ts';

/**
 * The key that signs the seals of the audit log: ECDSA on P-256, and KMS never gives the private half out. One role may
 * sign, that of the function that seals; whoever IAM lets may read the public half, for anybody may check a seal.
 */
export class AuditSealKey extends Construct {
  /** The name of the role that may sign: fixed, so that the policies of the key and of the archive can tell it before it exists. */
  readonly sealerRoleName: string;
  readonly key: Key;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    // Role names are an account's, whatever the region.
    this.sealerRoleName = `countinghouse-${config.stage}-audit-sealer-${Aws.REGION}`;
    this.key = new Key(this, 'Key', {
      description: `Signs the seals of the audit log of countinghouse ${config.stage}`,
      alias: `countinghouse/${config.stage}/audit-seal`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: removalPolicy(config),
      policy: keyPolicy([{ actions: ['kms:Sign'], roleArns: [this.sealerRoleArn] }, { actions: ['kms:GetPublicKey'] }]),
    });
  }

  get sealerRoleArn(): string {
    const resourceName = this.sealerRoleName;
    return Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName });
  }

  /** Signing, for the one function whose role has the sealer's name. */
  get signing(): Provision {
    return this.#provision(['kms:Sign', 'kms:GetPublicKey']);
  }

  get verifying(): Provision {
    return this.#provision(['kms:GetPublicKey']);
  }

  #provision(actions: string[]): Provision {
    const { keyArn } = this.key;
    return {
      environment: { SEAL_KEY_ID: keyArn },
      allow: (handler: BankFunction) => handler.addToRolePolicy(new PolicyStatement({ actions, resources: [keyArn] })),
    };
  }
}
