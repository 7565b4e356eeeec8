import * as z from 'zod';
import { findKey } from '../find-key.ts';
import { algorithmMember } from '../key-metadata.ts';
import { publicKeyOf } from '../key-pair.ts';
import type { KeyStore } from '../key-store.ts';
import { endDryRun, invalidSignature, unsupported } from '../kms-error.ts';
import { dryRun, keyId, message, messageType, proof, signingAlgorithm } from '../members.ts';
import { operation } from '../operation.ts';
import { signatureMatches, signMessage } from '../signatures.ts';
import { refusePendingDeletion, refuseUnusable } from '../usable-key.ts';

const input = z.object({
  KeyId: keyId,
  Message: message,
  MessageType: messageType,
  SigningAlgorithm: signingAlgorithm,
  DryRun: dryRun,
});

function prepare(store: KeyStore, operationName: string, asked: z.output<typeof input>) {
  const key = findKey(store, asked.KeyId);
  const { SigningAlgorithm: algorithm } = asked;
  refuseUnusable(key, { usage: 'SIGN_VERIFY', operation: operationName, algorithm });
  const signed = { algorithm, type: asked.MessageType, message: asked.Message };
  return { key, signed, answer: { KeyId: key.arn, SigningAlgorithm: algorithm } };
}

export const sign = operation(input, ({ store }, asked) => {
  const { key, signed, answer } = prepare(store, 'Sign', asked);
  const signature = signMessage(key, signed);
  endDryRun(asked.DryRun);
  return { ...answer, Signature: signature.toString('base64') };
});

export const verify = operation(input.extend({ Signature: proof }), ({ store }, asked) => {
  const { key, signed, answer } = prepare(store, 'Verify', asked);
  if (!signatureMatches(key, signed, asked.Signature)) throw invalidSignature();
  endDryRun(asked.DryRun);
  return { ...answer, SignatureValid: true };
});

/** A disabled key still shows its public key. */
export const getPublicKey = operation(z.object({ KeyId: keyId }), ({ store }, { KeyId }) => {
  const key = findKey(store, KeyId);
  refusePendingDeletion(key);
  if (key.spec === 'SYMMETRIC_DEFAULT' || key.usage === 'GENERATE_VERIFY_MAC') throw unsupported();
  return {
    KeyId: key.arn,
    PublicKey: publicKeyOf(key).toString('base64'),
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    ...algorithmMember(key),
  };
});
