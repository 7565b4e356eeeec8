import { createServer } from 'node:http';
import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { expect, onTestFinished, test } from 'vitest';
import { createVault, kmsClient } from '../../../lambdas/adapters/vault.ts';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

test('a KMS that accepts a call and says nothing is given up, after some tries', async () => {
  let calls = 0;
  const server = createServer(request => {
    calls += 1;
    request.resume();
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`;
  const client = kmsClient({ ...settings, endpoint }, 50);
  const command = new GenerateMacCommand({ KeyId: 'key', MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('x') });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(calls).toBe(3);
});

test('a KMS that is not there makes the vault unavailable', async () => {
  const server = createServer();
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise(closed => server.close(closed));
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`;
  const vault = createVault({ ssnKeyId: 'ssn', indexKeys: [] }, kmsClient({ ...settings, endpoint }));
  await expect(vault.encryptSsn('078051120', 'customer')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
