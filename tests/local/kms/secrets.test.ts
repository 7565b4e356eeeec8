import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DecryptCommand, GenerateMacCommand } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { addHmacKey, addKey, bytes, expectRefusal, seal, serve, temporaryDirectory } from './support.ts';

const MacAlgorithm = 'HMAC_SHA_256';
const Message = bytes('078051120');

test('a MAC is the HMAC of RFC 2104 under the kept secret', async () => {
  const directory = await temporaryDirectory();
  const { client } = await serve({ directory });
  const KeyId = await addHmacKey(client);
  const { Mac } = await client.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm }));
  const { keys } = JSON.parse(await readFile(join(directory, 'keys.json'), 'utf8'));
  const secret = Buffer.from(keys[0].materials[0].secret, 'base64');
  expect(Buffer.from(Mac ?? []).equals(createHmac('sha256', secret).update(Message).digest())).toBe(true);
});

test('a ciphertext of a key that is not here is nobody’s to decrypt', async () => {
  const [here, elsewhere] = [await serve(), await serve()];
  const blob = await seal(elsewhere.client, await addKey(elsewhere.client), 'secret');
  await expectRefusal(here.client.send(new DecryptCommand({ CiphertextBlob: blob })), 'AccessDeniedException');
});
