import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { findKey } from '../find-key.ts';
import type { KeyStore } from '../key-store.ts';
import { endDryRun, invalidMac } from '../kms-error.ts';
import { dryRun, keyId, macAlgorithm, message, proof } from '../members.ts';
import { operation } from '../operation.ts';
import { currentSecret } from '../stored-key.ts';
import { refuseUnusable } from '../usable-key.ts';

const input = z.object({ KeyId: keyId, Message: message, MacAlgorithm: macAlgorithm, DryRun: dryRun });

function macOf(store: KeyStore, operationName: string, { KeyId, Message, MacAlgorithm }: z.output<typeof input>) {
  const key = findKey(store, KeyId);
  refuseUnusable(key, { usage: 'GENERATE_VERIFY_MAC', operation: operationName, algorithm: MacAlgorithm });
  const mac = createHmac(`sha${MacAlgorithm.slice(-3)}`, currentSecret(key))
    .update(Message)
    .digest();
  return { mac, answer: { KeyId: key.arn, MacAlgorithm } };
}

export const generateMac = operation(input, ({ store }, asked) => {
  const { mac, answer } = macOf(store, 'GenerateMac', asked);
  endDryRun(asked.DryRun);
  return { ...answer, Mac: mac.toString('base64') };
});

export const verifyMac = operation(input.extend({ Mac: proof }), ({ store }, asked) => {
  const { mac, answer } = macOf(store, 'VerifyMac', asked);
  if (asked.Mac.length !== mac.length || !timingSafeEqual(asked.Mac, mac)) throw invalidMac();
  endDryRun(asked.DryRun);
  return { ...answer, MacValid: true };
});
