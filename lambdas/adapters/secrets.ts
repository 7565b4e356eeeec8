import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { jsonText } from '../domain/fields.ts';

const databaseSecret = jsonText(z.object({ username: z.string(), password: z.string() }));

/**
 * Reads a database login's password from its secret.
 *
 * @throws Error if the secret holds something else, without a word of what it holds.
 */
export async function readDatabasePassword(secretArn: string, client = new SecretsManagerClient()): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const secret = databaseSecret.safeParse(SecretString);
  if (!secret.success) {
    throw new Error(`The secret ${secretArn} does not hold a database login`);
  }
  return secret.data.password;
}
