import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { jsonText } from '../domain/fields.ts';

const databaseLogin = jsonText(z.looseObject({ username: z.string(), password: z.string() }));

/** A user of the database and its password, with what else its secret holds: where the database is. */
export type DatabaseLogin = z.output<typeof databaseLogin>;

/**
 * Reads a database login from its secret.
 *
 * @param version a version of the secret by its id; the current one unless told
 * @throws Error if the secret holds something else, without a word of what it holds.
 */
export async function readDatabaseLogin(
  secretArn: string,
  client = new SecretsManagerClient(),
  version?: string,
): Promise<DatabaseLogin> {
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: secretArn, ...(version !== undefined && { VersionId: version }) }),
  );
  const secret = databaseLogin.safeParse(SecretString);
  if (!secret.success) {
    throw new Error(`The secret ${secretArn} does not hold a database login`);
  }
  return secret.data;
}
