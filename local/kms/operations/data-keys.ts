import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { findKey } from '../find-key.ts';
import { endDryRun, invalidKeyUsage, validation } from '../kms-error.ts';
import { dataKeyBytes, dataKeySpec, dryRun, encryptionContext, keyId } from '../members.ts';
import { type Kms, operation } from '../operation.ts';
import { currentMaterial } from '../stored-key.ts';
import { encryptSymmetric } from '../symmetric-ciphertext.ts';
import { refuseOtherUsage, refuseUnlessEnabled } from '../usable-key.ts';

const input = z.object({
  KeyId: keyId,
  KeySpec: dataKeySpec.optional(),
  NumberOfBytes: dataKeyBytes.optional(),
  EncryptionContext: encryptionContext,
  DryRun: dryRun,
});

function makeDataKey({ store }: Kms, operationName: string, asked: z.output<typeof input>) {
  const key = findKey(store, asked.KeyId);
  if ((asked.KeySpec === undefined) === (asked.NumberOfBytes === undefined)) {
    throw validation('Please specify either number of bytes or key spec.');
  }
  refuseOtherUsage(key, 'ENCRYPT_DECRYPT', operationName);
  refuseUnlessEnabled(key);
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw invalidKeyUsage('You cannot generate a data key with an asymmetric CMK');
  endDryRun(asked.DryRun);
  const plaintext = randomBytes(asked.NumberOfBytes ?? (asked.KeySpec === 'AES_128' ? 16 : 32));
  const sealed = {
    CiphertextBlob: encryptSymmetric(key, plaintext, asked.EncryptionContext).toString('base64'),
    KeyId: key.arn,
    KeyMaterialId: currentMaterial(key).id,
  };
  return { plaintext, sealed };
}

export const generateDataKey = operation(input, (kms, asked) => {
  const { plaintext, sealed } = makeDataKey(kms, 'GenerateDataKey', asked);
  return { ...sealed, Plaintext: plaintext.toString('base64') };
});

export const generateDataKeyWithoutPlaintext = operation(
  input,
  (kms, asked) => makeDataKey(kms, 'GenerateDataKeyWithoutPlaintext', asked).sealed,
);

export const generateRandom = operation(z.object({ NumberOfBytes: dataKeyBytes }), (_kms, { NumberOfBytes }) => ({
  Plaintext: randomBytes(NumberOfBytes).toString('base64'),
}));
