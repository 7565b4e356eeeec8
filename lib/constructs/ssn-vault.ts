import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { BankFunction } from './bank-function.ts';
import { keyPolicy } from './key-policy.ts';
import type { Provision } from './provision.ts';
import { removalPolicy } from './removal-policy.ts';

/** Who works with social security numbers: the API's function, and the one that makes the blind index anew. */
type SsnReader = 'customers' | 'reindex';

const powers = {
  customers: ['kms:Encrypt', 'kms:Decrypt'],
  reindex: ['kms:Decrypt'],
} as const satisfies Record<SsnReader, readonly string[]>;

/**
 * The context names the customer and nothing else, so that CloudTrail tells whose number was decrypted. Both operators are
 * needed: the first holds for an empty context too (KMS Developer Guide, "kms:EncryptionContextKeys").
 */
const namesTheCustomer = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
  'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
};
const hmacSha256 = { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } };

/**
 * The keys of the social security numbers: one encrypts them, one (or, while it is replaced, two) makes the blind index by
 * which a number is known to be taken. Nobody but the functions that are allowed here can use them.
 *
 * KMS does not rotate HMAC keys. To replace one: add the next version to `ssnIndexKeyVersions` and deploy; invoke the
 * re-index function until it answers `done`; take the old version out, deploy the API's stack alone
 * (`--exclusively`), then everything, and invoke it once more to drop what was made under the old key. Where
 * the stage retains, the old key stays until somebody schedules its deletion.
 */
export class SsnVault extends Construct {
  /** The name of each role that may use the keys: fixed, so that the keys' policies can tell it before it exists. */
  readonly roleNames: Readonly<Record<SsnReader, string>>;
  readonly #key: Key;
  readonly #indexKeys: readonly { readonly version: number; readonly key: Key }[];

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    const { stage } = config;
    // Role names are an account's, whatever the region.
    const roleName = (reader: SsnReader) => `countinghouse-${stage}-ssn-${reader}-${Aws.REGION}`;
    const roleArn = (reader: SsnReader) =>
      Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: roleName(reader) });
    this.roleNames = { customers: roleName('customers'), reindex: roleName('reindex') };
    this.#key = new Key(this, 'SsnKey', {
      description: `Encrypts the social security numbers of countinghouse ${stage}`,
      alias: `countinghouse/${stage}/ssn`,
      enableKeyRotation: true,
      removalPolicy: removalPolicy(config),
      policy: keyPolicy([
        {
          actions: ['kms:Decrypt'],
          roleArns: [roleArn('customers'), roleArn('reindex')],
          conditions: namesTheCustomer,
        },
        { actions: ['kms:Encrypt'], roleArns: [roleArn('customers')], conditions: namesTheCustomer },
      ]),
    });
    this.#indexKeys = config.ssnIndexKeyVersions.map(version => ({
      version,
      key: new Key(this, `SsnIndexKey${version}`, {
        description: `Makes the blind index of social security numbers of countinghouse ${stage}, version ${version}`,
        alias: `countinghouse/${stage}/ssn-index-${version}`,
        keySpec: KeySpec.HMAC_256,
        keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
        removalPolicy: removalPolicy(config),
        policy: keyPolicy([
          {
            actions: ['kms:GenerateMac'],
            roleArns: [roleArn('customers'), roleArn('reindex')],
            conditions: hmacSha256,
          },
        ]),
      }),
    }));
  }

  /** The keys as a part needs them, for the function whose role has the name that `roleNames` gives. */
  accessOf(reader: SsnReader): Provision {
    return { environment: this.#environment, allow: handler => this.#allow(handler, reader) };
  }

  get #environment(): Record<string, string> {
    const [current, previous] = this.#indexKeys.toReversed();
    return {
      SSN_KEY_ID: this.#key.keyArn,
      ...(current && { SSN_INDEX_KEY_ID: current.key.keyArn, SSN_INDEX_KEY_VERSION: String(current.version) }),
      ...(previous && { SSN_INDEX_PREVIOUS_KEY_ID: previous.key.keyArn }),
    };
  }

  #allow(handler: BankFunction, reader: SsnReader): void {
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: [...powers[reader]],
        resources: [this.#key.keyArn],
        conditions: namesTheCustomer,
      }),
    );
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:GenerateMac'],
        resources: this.#indexKeys.map(({ key }) => key.keyArn),
        conditions: hmacSha256,
      }),
    );
  }
}
