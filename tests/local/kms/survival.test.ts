import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, open as openFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GenerateMacCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListKeysCommand,
  RotateKeyOnDemandCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addHmacKey, addKey, bytes, connect, definition, seal, serve, temporaryDirectory, text } from './support.ts';

const MacAlgorithm = 'HMAC_SHA_256';
const mac = async (client: KMSClient, KeyId: string) =>
  (await client.send(new GenerateMacCommand({ KeyId, Message: bytes('x'), MacAlgorithm }))).Mac;
const open = async (client: KMSClient, blob: Buffer) =>
  text((await client.send(new DecryptCommand({ CiphertextBlob: blob }))).Plaintext);

/** Serves in a process of its own. */
async function serveApart(directory: string): Promise<{ client: KMSClient; kill(): Promise<void> }> {
  const module = new URL('../../../local/kms/serve-kms.ts', import.meta.url).href;
  const script = `
    const { serveKms } = await import(${JSON.stringify(module)});
    const { url } = await serveKms({ port: 0, directory: ${JSON.stringify(directory)} });
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const client = connect(String(line).trim());
  async function kill() {
    client.destroy();
    if (!child.kill('SIGKILL')) return;
    await once(child, 'exit');
  }
  onTestFinished(kill);
  return { client, kill };
}

describe('what was acknowledged', () => {
  test('is there after a restart: keys, every material, aliases and states', async () => {
    const directory = await temporaryDirectory();
    const before = await serve({ directory });
    const [key, hmac] = [await addKey(before.client), await addHmacKey(before.client)];
    const ecc = await addKey(before.client, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const first = await seal(before.client, key, 'first');
    await before.client.send(new RotateKeyOnDemandCommand({ KeyId: key }));
    const second = await seal(before.client, key, 'second');
    const code = await mac(before.client, hmac);
    await before.client.send(new DisableKeyCommand({ KeyId: ecc }));
    await before.close();

    const { client } = await serve({ directory });
    expect(await open(client, first)).toBe('first');
    expect(await open(client, second)).toBe('second');
    expect(await mac(client, hmac)).toEqual(code);
    expect((await client.send(new DescribeKeyCommand({ KeyId: ecc }))).KeyMetadata?.KeyState).toBe('Disabled');
  });

  test('is there after kill -9, whatever was being written', async () => {
    const directory = await temporaryDirectory();
    const first = await serveApart(directory);
    const key = await addKey(first.client);
    const blob = await seal(first.client, key, 'secret');
    const acknowledged: string[] = [];
    const unanswered = Array.from({ length: 200 }, async () => acknowledged.push(await addKey(first.client)));
    const settled = Promise.allSettled(unanswered);
    await Promise.race(unanswered);
    await first.kill();
    await settled;
    expect(acknowledged.length).toBeLessThan(unanswered.length);

    const second = await serveApart(directory);
    expect(await open(second.client, blob)).toBe('secret');
    const { Keys: keys = [] } = await second.client.send(new ListKeysCommand({ Limit: 1000 }));
    expect(keys.map(({ KeyArn }) => KeyArn)).toEqual(expect.arrayContaining([key, ...acknowledged]));
    await second.kill();
  });

  test('outlives a write that a crash cut short, which itself is as if it had not been', async () => {
    const directory = await temporaryDirectory();
    const before = await serve({ directory });
    const blob = await seal(before.client, await addKey(before.client), 'secret');
    await before.close();
    await writeFile(join(directory, 'keys.json.new'), '{"keys":[{"id":"');

    const { client } = await serve({ directory });
    expect(await open(client, blob)).toBe('secret');
    await addKey(client);
    expect(JSON.parse(await readFile(join(directory, 'keys.json'), 'utf8')).keys).toHaveLength(2);
  });

  test('is replaced whole, never written over', async () => {
    const directory = await temporaryDirectory();
    const { client } = await serve({ directory });
    await addKey(client);
    const before = await readFile(join(directory, 'keys.json'), 'utf8');
    const old = await openFile(join(directory, 'keys.json'));
    await addKey(client);
    expect(await old.readFile('utf8')).toBe(before);
    await old.close();
    expect(JSON.parse(await readFile(join(directory, 'keys.json'), 'utf8')).keys).toHaveLength(2);
  });

  test('is for its owner alone to read, whatever was there before', async () => {
    const directory = await temporaryDirectory();
    const left = join(directory, 'keys.json.new');
    await writeFile(left, '');
    await chmod(left, 0o666);
    const { client } = await serve({ directory });
    await addKey(client);
    expect((await stat(join(directory, 'keys.json'))).mode & 0o777).toBe(0o600);
  });

  test('is never taken for nothing: a damaged file stops the start', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'keys.json'), '{"keys":[');
    await expect(serve({ directory })).rejects.toThrow('does not hold KMS keys');
  });
});

describe('the keys of a template', () => {
  const aliases = [{ name: 'alias/ssn', keyId: definition().id }];

  test('are made when they are first seen, and found again', async () => {
    const directory = await temporaryDirectory();
    const keys = [definition({ rotation: true, rotationPeriodInDays: 180, description: 'ssn' })];
    const before = await serve({ directory, keys, aliases });
    const blob = await seal(before.client, 'alias/ssn', 'secret');
    const status = await before.client.send(new GetKeyRotationStatusCommand({ KeyId: definition().id }));
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 180 });
    await before.close();
    const { client } = await serve({ directory, keys, aliases });
    expect(await open(client, blob)).toBe('secret');
  });

  test('keep what requests changed while the template stays as it is', async () => {
    const directory = await temporaryDirectory();
    const keys = [definition()];
    const before = await serve({ directory, keys, aliases });
    const other = await addKey(before.client);
    await before.client.send(new UpdateAliasCommand({ AliasName: 'alias/ssn', TargetKeyId: other }));
    await before.client.send(new DisableKeyCommand({ KeyId: definition().id }));
    await before.close();

    const { client } = await serve({ directory, keys, aliases });
    const target = await client.send(new DescribeKeyCommand({ KeyId: 'alias/ssn' }));
    expect(target.KeyMetadata?.Arn).toBe(other);
    const key = await client.send(new DescribeKeyCommand({ KeyId: definition().id }));
    expect(key.KeyMetadata?.Enabled).toBe(false);
  });

  test('take on what has changed in the template, and keep their material', async () => {
    const directory = await temporaryDirectory();
    const before = await serve({ directory, keys: [definition()] });
    const blob = await seal(before.client, definition().id, 'secret');
    await before.close();
    const keys = [definition({ enabled: false, description: 'retired' })];
    const { client } = await serve({ directory, keys, aliases });
    const { KeyMetadata: metadata } = await client.send(new DescribeKeyCommand({ KeyId: 'alias/ssn' }));
    expect(metadata).toMatchObject({ Enabled: false, Description: 'retired' });
    await client.send(new EnableKeyCommand({ KeyId: definition().id }));
    expect(await open(client, blob)).toBe('secret');
  });

  test('do not become keys of another kind', async () => {
    const directory = await temporaryDirectory();
    await (await serve({ directory, keys: [definition()] })).close();
    const keys = [definition({ spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' })];
    await expect(serve({ directory, keys })).rejects.toThrow('cannot become HMAC_256 for GENERATE_VERIFY_MAC');
    const impossible = [definition({ spec: 'HMAC_256' })];
    await expect(serve({ keys: impossible })).rejects.toThrow('AWS has no such key');
  });
});
