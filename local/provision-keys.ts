import type { KMSClient } from '@aws-sdk/client-kms';
import type { CloudAssembly } from './assembly/assembly.ts';
import type { AssemblyKmsKey } from './assembly/read-kms-keys.ts';
import { clientSettings } from './client-settings.ts';
import { CommandError } from './command-error.ts';

/** The tag that LocalStack reads a new key's id from; at AWS it is a tag like any other. */
const idTag = '_custom_id_';

/**
 * Makes the application's keys and their aliases in another's KMS. Functions name keys by the ids of the assembly, so the new
 * ones must get those.
 *
 * @throws CommandError when the service gives keys ids of its own, as AWS does
 */
export async function createKeys(endpoint: string, { kmsKeys, kmsAliases }: CloudAssembly): Promise<void> {
  const { CreateAliasCommand, KMSClient } = await import('@aws-sdk/client-kms');
  const client = new KMSClient(clientSettings(endpoint));
  for (const key of kmsKeys) {
    await ensureKey(client, key, endpoint);
  }
  for (const { name, keyId } of kmsAliases) {
    const request = new CreateAliasCommand({ AliasName: name, TargetKeyId: keyId });
    await client.send(request).catch((error: Error) => {
      if (error.name !== 'AlreadyExistsException') throw error;
    });
  }
  client.destroy();
}

async function ensureKey(client: KMSClient, key: AssemblyKmsKey, endpoint: string): Promise<void> {
  const { CreateKeyCommand, DescribeKeyCommand } = await import('@aws-sdk/client-kms');
  const known = await client.send(new DescribeKeyCommand({ KeyId: key.id })).catch((error: Error) => {
    if (error.name !== 'NotFoundException') throw error;
  });
  if (known) return;
  const { KeyMetadata } = await client.send(
    new CreateKeyCommand({
      KeySpec: key.spec,
      KeyUsage: key.usage,
      Description: key.description,
      Tags: [{ TagKey: idTag, TagValue: key.id }],
    }),
  );
  if (KeyMetadata?.KeyId !== key.id) {
    throw new CommandError(
      `The KMS at ${endpoint} gives keys ids of its own: use LocalStack, or unset AWS_ENDPOINT_URL_KMS.`,
    );
  }
}
