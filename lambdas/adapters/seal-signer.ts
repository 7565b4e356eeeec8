import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { SealKey } from '../domain/audit/seal.ts';
import { sealAlgorithm } from '../domain/audit/seal-form.ts';
import { reaching } from './reaching.ts';
import { kmsClient } from './vault.ts';

const unreachable = 'The key of the seals cannot be reached right now.';

/**
 * The key that seals are signed with. Its private half never leaves KMS. Every function throws BankError UNAVAILABLE when KMS
 * doesn't answer, and KMS's own error when it answers that it will not.
 */
export interface SealSigner {
  /** Asked of KMS once, and kept. */
  publicKey(): Promise<SealKey>;
  /** Signs a text of at most 4096 bytes. @returns the signature in Base64. */
  sign(text: string): Promise<string>;
}

/** The signer in KMS: an ECC key on P-256 (KMS Developer Guide, "Asymmetric keys in AWS KMS"). */
export function createSealSigner(keyId: string, client: KMSClient = kmsClient()): SealSigner {
  let known: Promise<SealKey> | undefined;

  async function askForPublicKey(): Promise<SealKey> {
    const ask = new GetPublicKeyCommand({ KeyId: keyId });
    const { KeyId: id, PublicKey } = await reaching(() => client.send(ask), unreachable);
    const der = Buffer.from(PublicKey ?? []);
    const pem = createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'pem', type: 'spki' });
    return { id: id ?? keyId, pem: pem.toString() };
  }

  return {
    publicKey() {
      known ??= askForPublicKey().catch(error => {
        known = undefined;
        throw error;
      });
      return known;
    },
    async sign(text) {
      const sign = new SignCommand({
        KeyId: keyId,
        Message: Buffer.from(text),
        MessageType: 'RAW',
        SigningAlgorithm: sealAlgorithm,
      });
      const { Signature } = await reaching(() => client.send(sign), unreachable);
      return Buffer.from(Signature ?? []).toString('base64');
    },
  };
}
