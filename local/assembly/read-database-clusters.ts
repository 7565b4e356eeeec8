import * as z from 'zod';
import { flag, text } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

const clusterSchema = z.object({
  DatabaseName: z.string().optional(),
  Engine: z.string(),
  EngineVersion: text.optional(),
  EnableHttpEndpoint: flag.default(false),
  MasterUsername: z.string().optional(),
});

/** An Aurora cluster of the assembly. */
export interface AssemblyDatabaseCluster {
  stack: string;
  logicalId: string;
  identifier: string;
  arn: string;
  engine: string;
  engineVersion?: string;
  databaseName?: string;
  /** Whether the Data API is on. */
  httpEndpoint: boolean;
  /** The secret of the master user. */
  masterSecretArn?: string;
}

/** `{{resolve:secretsmanager:<arn>:SecretString:username::}}` → the ARN. */
function secretOf(dynamicReference: string | undefined): string | undefined {
  return /^\{\{resolve:secretsmanager:(arn:.+?):SecretString:/.exec(dynamicReference ?? '')?.[1];
}

/** The Aurora clusters, with the secret that holds the master user's password. */
export function readDatabaseClusters(assembly: ResolvedAssembly): AssemblyDatabaseCluster[] {
  return assembly.ofType('AWS::RDS::DBCluster').map(resource => {
    const properties = resource.read(clusterSchema);
    const masterSecretArn = secretOf(properties.MasterUsername);
    return {
      stack: resource.stack,
      logicalId: resource.logicalId,
      identifier: resource.ref(),
      arn: resource.attribute('DBClusterArn'),
      engine: properties.Engine,
      httpEndpoint: properties.EnableHttpEndpoint,
      ...(properties.EngineVersion !== undefined && { engineVersion: properties.EngineVersion }),
      ...(properties.DatabaseName !== undefined && { databaseName: properties.DatabaseName }),
      ...(masterSecretArn !== undefined && { masterSecretArn }),
    };
  });
}
