import * as z from 'zod';
import type { EncryptionContext } from '../encryption-context.ts';
import { findKey } from '../find-key.ts';
import { accessDenied, endDryRun, incorrectKey, validation } from '../kms-error.ts';
import { ciphertext, dryRun, encryptionAlgorithm, encryptionContext, keyId, plaintext } from '../members.ts';
import { type Kms, operation } from '../operation.ts';
import { decryptRsa, encryptRsa } from '../rsa-encryption.ts';
import type { StoredKey } from '../stored-key.ts';
import { decryptSymmetric, encryptSymmetric, parseSymmetric } from '../symmetric-ciphertext.ts';
import { refuseUnusable } from '../usable-key.ts';

/** An algorithm, and the context that only the symmetric one takes. */
interface Terms {
  operation: string;
  algorithm: string;
  context: EncryptionContext;
}

function refuseFor(key: StoredKey, { operation: name, algorithm, context }: Terms): void {
  refuseUnusable(key, { usage: 'ENCRYPT_DECRYPT', operation: name, algorithm });
  if (algorithm !== 'SYMMETRIC_DEFAULT' && Object.keys(context).length > 0) {
    throw validation('EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.');
  }
}

function seal(key: StoredKey, bytes: Buffer, terms: Terms): Buffer {
  refuseFor(key, terms);
  return terms.algorithm === 'SYMMETRIC_DEFAULT'
    ? encryptSymmetric(key, bytes, terms.context)
    : encryptRsa(key, terms.algorithm, bytes);
}

interface Opened {
  key: StoredKey;
  bytes: Buffer;
  /** Where the key's material can change. */
  materialId?: string;
}

function openSymmetric({ store }: Kms, id: string | undefined, blob: Buffer, terms: Terms): Opened {
  const named = id === undefined ? undefined : findKey(store, id);
  const parsed = parseSymmetric(blob);
  if (named !== undefined && named.id !== parsed.keyId) throw incorrectKey();
  const key = store.key(parsed.keyId);
  if (key === undefined) {
    throw accessDenied('The ciphertext refers to a customer master key that does not exist, or not in this region.');
  }
  refuseFor(key, terms);
  return { key, bytes: decryptSymmetric(key, parsed, terms.context), materialId: parsed.materialId };
}

function open(kms: Kms, id: string | undefined, blob: Buffer, terms: Terms): Opened {
  if (terms.algorithm === 'SYMMETRIC_DEFAULT') return openSymmetric(kms, id, blob, terms);
  if (id === undefined) throw validation('KeyId must not be null');
  const key = findKey(kms.store, id);
  refuseFor(key, terms);
  return { key, bytes: decryptRsa(key, terms.algorithm, blob) };
}

export const encrypt = operation(
  z.object({
    KeyId: keyId,
    Plaintext: plaintext,
    EncryptionContext: encryptionContext,
    EncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
  }),
  ({ store }, { KeyId, Plaintext, EncryptionContext: context, EncryptionAlgorithm: algorithm, DryRun }) => {
    const key = findKey(store, KeyId);
    const blob = seal(key, Plaintext, { operation: 'Encrypt', algorithm, context });
    endDryRun(DryRun);
    return { KeyId: key.arn, CiphertextBlob: blob.toString('base64'), EncryptionAlgorithm: algorithm };
  },
);

export const decrypt = operation(
  z.object({
    KeyId: keyId.optional(),
    CiphertextBlob: ciphertext,
    EncryptionContext: encryptionContext,
    EncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
  }),
  (kms, { KeyId, CiphertextBlob, EncryptionContext: context, EncryptionAlgorithm: algorithm, DryRun }) => {
    const { key, bytes, materialId } = open(kms, KeyId, CiphertextBlob, { operation: 'Decrypt', algorithm, context });
    endDryRun(DryRun);
    return {
      KeyId: key.arn,
      Plaintext: bytes.toString('base64'),
      EncryptionAlgorithm: algorithm,
      KeyMaterialId: materialId,
    };
  },
);

export const reEncrypt = operation(
  z.object({
    CiphertextBlob: ciphertext,
    SourceKeyId: keyId.optional(),
    SourceEncryptionContext: encryptionContext,
    SourceEncryptionAlgorithm: encryptionAlgorithm,
    DestinationKeyId: keyId,
    DestinationEncryptionContext: encryptionContext,
    DestinationEncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
  }),
  (kms, input) => {
    const source = open(kms, input.SourceKeyId, input.CiphertextBlob, {
      operation: 'ReEncrypt',
      algorithm: input.SourceEncryptionAlgorithm,
      context: input.SourceEncryptionContext,
    });
    const destination = findKey(kms.store, input.DestinationKeyId);
    const blob = seal(destination, source.bytes, {
      operation: 'ReEncrypt',
      algorithm: input.DestinationEncryptionAlgorithm,
      context: input.DestinationEncryptionContext,
    });
    endDryRun(input.DryRun);
    return {
      CiphertextBlob: blob.toString('base64'),
      SourceKeyId: source.key.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: input.SourceEncryptionAlgorithm,
      DestinationEncryptionAlgorithm: input.DestinationEncryptionAlgorithm,
      SourceKeyMaterialId: source.materialId,
      ...(destination.spec === 'SYMMETRIC_DEFAULT' && { DestinationKeyMaterialId: parseSymmetric(blob).materialId }),
    };
  },
);
