import {
  DecryptCommand,
  EncryptCommand,
  GenerateMacCommand,
  KMSClient,
  type KMSClientConfig,
} from '@aws-sdk/client-kms';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { reaching } from './reaching.ts';

/** An HMAC key of the blind index; its version is what the rows that it made carry. */
export interface IndexKey {
  version: number;
  keyId: string;
}

/** The keys of the social security numbers. */
export interface VaultKeys {
  /** The symmetric key that encrypts them. */
  ssnKeyId: string;
  /** The HMAC keys in use, oldest first: one, or two while one is being replaced by the other. */
  indexKeys: readonly IndexKey[];
}

/** The HMAC of a number under one key, Base64. Equal numbers have equal ones, and nobody without the key can make them. */
export interface SsnIndex {
  key_version: number;
  mac: string;
}

/**
 * What may be done with social security numbers. Numbers are nine digits; bytes are Base64.
 * Every function throws BankError UNAVAILABLE when KMS doesn't answer, and KMS's own error when it answers that it will not.
 */
export interface Vault {
  /** Encrypts a number for one customer: the ciphertext decrypts for nobody else. */
  encryptSsn(ssn: string, customerId: string): Promise<string>;
  decryptSsn(ciphertext: string, customerId: string): Promise<string>;
  /** The number's index under every key in use, oldest first. */
  ssnIndexes(ssn: string): Promise<SsnIndex[]>;
}

/** A KMS client that gives up within some seconds, so that the caller gets an answer of the bank's. */
export function kmsClient(config: KMSClientConfig = {}, requestTimeout = 2_000): KMSClient {
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true });
  return new KMSClient({ maxAttempts: 3, requestHandler, ...config });
}

/**
 * The vault in KMS. The customer's id is the encryption context, which KMS authenticates with the ciphertext and writes to
 * CloudTrail (KMS Developer Guide, "Encryption context").
 */
export function createVault({ ssnKeyId, indexKeys }: VaultKeys, client = kmsClient()): Vault {
  const contextOf = (customerId: string) => ({ customer_id: customerId.toLowerCase() });

  async function indexUnder({ version, keyId }: IndexKey, ssn: string): Promise<SsnIndex> {
    const { Mac } = await client.send(
      new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(ssn) }),
    );
    return { key_version: version, mac: base64(Mac) };
  }

  return {
    encryptSsn: (ssn, customerId) =>
      reachingKeys(async () => {
        const { CiphertextBlob } = await client.send(
          new EncryptCommand({
            KeyId: ssnKeyId,
            Plaintext: Buffer.from(ssn),
            EncryptionContext: contextOf(customerId),
          }),
        );
        return base64(CiphertextBlob);
      }),
    decryptSsn: (ciphertext, customerId) =>
      reachingKeys(async () => {
        const { Plaintext } = await client.send(
          // The key is named, so that a ciphertext under some other key is not decrypted.
          new DecryptCommand({
            KeyId: ssnKeyId,
            CiphertextBlob: Buffer.from(ciphertext, 'base64'),
            EncryptionContext: contextOf(customerId),
          }),
        );
        return Buffer.from(Plaintext ?? []).toString();
      }),
    ssnIndexes: ssn => reachingKeys(() => Promise.all(indexKeys.map(key => indexUnder(key, ssn)))),
  };
}

const noIdentities =
  'Identities cannot be checked right now. The request may be sent again, with the same Idempotency-Key.';

function reachingKeys<Result>(work: () => Promise<Result>): Promise<Result> {
  return reaching(work, noIdentities);
}

function base64(bytes: Uint8Array | undefined): string {
  if (!bytes) {
    throw new Error('KMS answered without the bytes it was asked for');
  }
  return Buffer.from(bytes).toString('base64');
}
