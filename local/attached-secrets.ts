import type { CloudAssembly } from './assembly/assembly.ts';
import type { SecretDefinition } from './secrets-manager/secret-definition.ts';

/**
 * The assembly's secrets; those of database logins completed with the database's address, as
 * `AWS::SecretsManager::SecretTargetAttachment` completes them.
 */
export function attachedSecrets({ secrets, databaseClusters }: CloudAssembly, databaseUrl: string): SecretDefinition[] {
  const { hostname, port } = new URL(databaseUrl);
  return secrets.map(secret => {
    const cluster = databaseClusters.find(candidate => candidate.identifier === secret.attachedTo);
    if (!cluster) return secret;
    const dbname = cluster.databaseName;
    const address = { engine: 'postgres', host: hostname, port: Number(port || 5432) };
    const attached = { ...address, dbClusterIdentifier: cluster.identifier, ...(dbname !== undefined && { dbname }) };
    return { ...secret, attached };
  });
}
