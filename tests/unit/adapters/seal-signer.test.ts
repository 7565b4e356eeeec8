import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { createSealSigner } from '../../../lambdas/adapters/seal-signer.ts';
import { kmsClient } from '../../../lambdas/adapters/vault.ts';
import { addKey, serve } from '../../local/kms/support.ts';
import { namedError } from '../support/data-api-errors.ts';
import { bankErrorOf } from '../support/errors.ts';

/** A signer, and what its KMS is to answer. */
function mocked() {
  const client = kmsClient({ region: 'us-east-1' });
  return { kms: mockClient(client), signer: createSealSigner('alias/seal', client) };
}

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const der = publicKey.export({ format: 'der', type: 'spki' });

test('a signature of KMS verifies with the public key alone', async () => {
  const { url, client } = await serve();
  const keyId = await addKey(client, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const signer = createSealSigner(keyId, kmsClient({ endpoint: url, region: 'us-east-1', credentials }));
  const { id, pem } = await signer.publicKey();
  expect(id).toBe(keyId);
  const signature = Buffer.from(await signer.sign('a header'), 'base64');
  expect(verify('sha256', Buffer.from('a header'), createPublicKey(pem), signature)).toBe(true);
  expect(verify('sha256', Buffer.from('another'), createPublicKey(pem), signature)).toBe(false);
});

test('the public key is asked for once, and again after it could not be had', async () => {
  const { kms, signer } = mocked();
  kms.on(GetPublicKeyCommand).rejectsOnce(namedError('TimeoutError')).resolves({ KeyId: 'arn:key', PublicKey: der });
  expect((await bankErrorOf(() => signer.publicKey())).code).toBe('UNAVAILABLE');
  const keys = await Promise.all([signer.publicKey(), signer.publicKey()]);
  expect(keys[0]).toEqual({ id: 'arn:key', pem: publicKey.export({ format: 'pem', type: 'spki' }) });
  expect(kms.commandCalls(GetPublicKeyCommand)).toHaveLength(2);
});

test('a KMS that does not sign is unavailable when it does not answer, and a defect when it says no', async () => {
  const { kms, signer } = mocked();
  kms.on(SignCommand).rejects(namedError('DisabledException'));
  expect((await bankErrorOf(() => signer.sign('a header'))).code).toBe('UNAVAILABLE');
  const denied = namedError('AccessDeniedException');
  kms.on(SignCommand).rejects(denied);
  await expect(signer.sign('a header')).rejects.toBe(denied);
});
