import * as z from 'zod';
import type { AssemblyDatabaseCluster } from './assembly/read-database-clusters.ts';
import { DataApiError, type DataApiOptions } from './data-api/index.ts';
import type { SecretsManager } from './secrets-manager/secrets-manager.ts';

const loginSchema = z
  .string()
  .transform(text => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  })
  .pipe(z.object({ username: z.string(), password: z.string() }));

type Login = z.output<typeof loginSchema>;

/**
 * Says where a Data API call leads: `databaseUrl` stands in for every cluster. The master user's secret leads in as the
 * user of `databaseUrl`; any other secret's user must exist there with the password of the secret. Refuses, as Aurora
 * does, clusters that are not there or have no Data API (HttpEndpointNotEnabledException), secrets that are not there
 * (SecretsErrorException), and those that hold no login (InvalidSecretException).
 */
export function clusterConnections(
  clusters: AssemblyDatabaseCluster[],
  secrets: Pick<SecretsManager, 'currentValue'>,
  databaseUrl: string,
): DataApiOptions['connect'] {
  const byArn = new Map(clusters.map(cluster => [cluster.arn, cluster]));
  const known = new Map<string, string>();

  function login(secretArn: string): Login | undefined {
    const value = secrets.currentValue(secretArn);
    return value && loginSchema.safeParse(value.secretString).data;
  }

  function connectionString(cluster: AssemblyDatabaseCluster, secretArn: string, database: string | undefined): string {
    const own = login(secretArn);
    if (!own) {
      const message = `The secret ${secretArn} doesn't contain a valid username and password.`;
      throw new DataApiError('InvalidSecretException', message);
    }
    const url = new URL(databaseUrl);
    const master = cluster.masterSecretArn === undefined ? undefined : login(cluster.masterSecretArn);
    if (own.username !== master?.username || own.password !== master.password) {
      url.username = encodeURIComponent(own.username);
      url.password = encodeURIComponent(own.password);
    }
    if (database !== undefined && database !== cluster.databaseName) url.pathname = `/${encodeURIComponent(database)}`;
    return url.href;
  }

  return ({ resourceArn, secretArn, database }) => {
    const cluster = byArn.get(resourceArn);
    if (!cluster?.httpEndpoint) {
      const message = `HttpEndpoint is not enabled for resource ${resourceArn}`;
      throw new DataApiError('HttpEndpointNotEnabledException', message);
    }
    const version = secrets.currentValue(secretArn)?.versionId;
    if (version === undefined) {
      const reason = "Secrets Manager can't find the specified secret.";
      throw new DataApiError('SecretsErrorException', `Error fetching secret ${secretArn}: ${reason}`);
    }
    const key = JSON.stringify([resourceArn, secretArn, version, database]);
    const url = known.get(key) ?? connectionString(cluster, secretArn, database);
    known.set(key, url);
    return { connectionString: url };
  };
}
