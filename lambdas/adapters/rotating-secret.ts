import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { type DatabaseLogin, readDatabaseLogin } from './secrets.ts';

/** A database login's secret, while one version of it takes the place of another. */
export interface RotatingSecret {
  /** The id of the version that has a label, if one has. */
  versionWith(label: 'AWSCURRENT' | 'AWSPENDING'): Promise<string | undefined>;
  /** What a version holds; the current one unless told. */
  read(version?: string): Promise<DatabaseLogin>;
  /** Adds a version that nobody uses yet, under an id. */
  addPending(version: string, login: DatabaseLogin): Promise<void>;
  /** Makes a version the current one. */
  makeCurrent(version: string): Promise<void>;
}

/** Secrets Manager, as the function's environment names it. */
export function secretsClient(): SecretsManagerClient {
  return new SecretsManagerClient();
}

/** The secret of an ARN, for its rotation. */
export function rotatingSecret(secretArn: string, client: SecretsManagerClient): RotatingSecret {
  const SecretId = secretArn;
  const versionWith: RotatingSecret['versionWith'] = async label => {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    return Object.entries(VersionIdsToStages).find(([, labels]) => labels.includes(label))?.[0];
  };
  return {
    versionWith,
    read: version => readDatabaseLogin(secretArn, client, version),
    async addPending(version, login) {
      const SecretString = JSON.stringify(login);
      const VersionStages = ['AWSPENDING'];
      await client.send(
        new PutSecretValueCommand({ SecretId, ClientRequestToken: version, SecretString, VersionStages }),
      );
    },
    async makeCurrent(version) {
      const RemoveFromVersionId = await versionWith('AWSCURRENT');
      const VersionStage = 'AWSCURRENT';
      await client.send(
        new UpdateSecretVersionStageCommand({ SecretId, VersionStage, MoveToVersionId: version, RemoveFromVersionId }),
      );
    },
  };
}

/** Puts a login into another secret, in place of what that held. */
export async function replaceLogin(secretArn: string, login: DatabaseLogin, client: SecretsManagerClient) {
  await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: JSON.stringify(login) }));
}
