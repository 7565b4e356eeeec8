import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

const databaseSecret = z.object({ username: z.string(), password: z.string() });

/** Reads a database login's password from its secret. */
export async function readDatabasePassword(secretArn: string, client = new SecretsManagerClient()): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return databaseSecret.parse(JSON.parse(SecretString ?? 'null')).password;
}
