import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { keyPolicy } from './key-policy.ts';
import { removalPolicy } from './removal-policy.ts';

interface ServiceKeyProps {
  readonly config: StageConfig;
  /** Its name behind `countinghouse/<stage>/`. */
  readonly name: string;
  readonly description: string;
  /** The service that encrypts with it what it keeps for somebody. */
  readonly service: 's3' | 'sns' | 'sqs';
  /** The only roles that may have something encrypted; without them, everybody whom IAM lets. */
  readonly writerArns?: readonly string[];
  /** Services of AWS's that hand things over themselves, as nobody's caller; the policy of what they hand them to says for whom. */
  readonly publishers?: readonly string[];
}

/**
 * A key that rotates, under which one AWS service keeps what callers hand it. They hold the power to use the key, but
 * only through that service: a ciphertext from elsewhere, or one handed to KMS itself, it does not open.
 */
export class ServiceKey extends Key {
  readonly #throughService: Readonly<Record<string, Record<string, string>>>;

  constructor(scope: Construct, id: string, props: ServiceKeyProps) {
    const { config, name, description, service, writerArns, publishers = [] } = props;
    const conditions = { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } };
    super(scope, id, {
      description: `${description} of countinghouse ${config.stage}`,
      alias: `countinghouse/${config.stage}/${name}`,
      enableKeyRotation: true,
      removalPolicy: removalPolicy(config),
      policy: keyPolicy([
        { actions: ['kms:GenerateDataKey'], conditions, ...(writerArns && { roleArns: writerArns }) },
        { actions: ['kms:Decrypt'], conditions },
        ...publishers.map(publisher => ({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], service: publisher })),
      ]),
    });
    this.#throughService = conditions;
  }

  /** The power to have the service write under this key. Services decrypt a new data key to see that it is whole. */
  writing(): PolicyStatement {
    return this.#statement(['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** The power to have the service read what it keeps under this key. */
  reading(): PolicyStatement {
    return this.#statement(['kms:Decrypt']);
  }

  #statement(actions: string[]): PolicyStatement {
    return new PolicyStatement({ actions, resources: [this.keyArn], conditions: this.#throughService });
  }
}
