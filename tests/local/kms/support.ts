import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  EncryptCommand,
  KMSClient,
  type KMSServiceException,
} from '@aws-sdk/client-kms';
import { expect, onTestFinished } from 'vitest';
import type { KmsKeyDefinition } from '../../../local/kms/key-definition.ts';
import { type KmsOptions, startKms } from '../../../local/kms/start-kms.ts';

export const unknownId = '11111111-2222-4333-8444-555555555555';
export const arnOf = (resource: string) => `arn:aws:kms:us-east-1:000000000000:${resource}`;

/** A folder that is gone after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'kms-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export function connect(endpoint: string): KMSClient {
  return new KMSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

/** A server without keys unless told, and a client for it. */
export async function serve(options: Partial<KmsOptions> = {}) {
  const kms = await startKms({
    directory: options.directory ?? (await temporaryDirectory()),
    keys: [],
    aliases: [],
    ...options,
  });
  const client = connect(kms.url);
  onTestFinished(async () => {
    client.destroy();
    await kms.close();
  });
  return { ...kms, client };
}

/** A symmetric encryption key of a template, with changes. */
export function definition(changes: Partial<KmsKeyDefinition> = {}): KmsKeyDefinition {
  const id = changes.id ?? unknownId;
  return {
    id,
    arn: arnOf(`key/${id}`),
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    enabled: true,
    rotation: false,
    description: '',
    ...changes,
  };
}

/** Makes a key and returns its ARN. */
export async function addKey(client: KMSClient, input: CreateKeyCommandInput = {}): Promise<string> {
  const { KeyMetadata: metadata } = await client.send(new CreateKeyCommand(input));
  return metadata?.Arn ?? '';
}

export function addHmacKey(client: KMSClient): Promise<string> {
  return addKey(client, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
}

export const bytes = (text: string) => Buffer.from(text, 'utf8');
export const text = (value: Uint8Array | undefined) => Buffer.from(value ?? []).toString('utf8');

/** Encrypts a text and returns its ciphertext. */
export async function seal(client: KMSClient, KeyId: string, secret: string, EncryptionContext = {}) {
  const answer = await client.send(new EncryptCommand({ KeyId, Plaintext: bytes(secret), EncryptionContext }));
  return Buffer.from(answer.CiphertextBlob ?? []);
}

/** Expects a refusal with this name, and this message where one is given. */
export async function expectRefusal(call: Promise<unknown>, name: string, message?: string): Promise<void> {
  const error = await call.then(
    () => undefined,
    (thrown: KMSServiceException) => thrown,
  );
  expect(error?.name).toBe(name);
  expect(error?.$metadata.httpStatusCode).toBe(400);
  if (message !== undefined) expect(error?.message).toBe(message);
}
