import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DatabaseSecret } from 'aws-cdk-lib/aws-rds';
import type { BankDatabase } from './bank-database.ts';
import type { BankFunction } from './bank-function.ts';

/**
 * Lets a function run statements on the bank's cluster as the logins whose secrets are named, and as no other.
 * The Data API asks for both: the action on the cluster, and that the caller itself may read the secret
 * (Amazon Aurora User Guide, "Authorizing access to the Amazon RDS Data API").
 */
export function allowDataApi(handler: BankFunction, database: BankDatabase, secrets: readonly DatabaseSecret[]): void {
  handler.addToRolePolicy(
    new PolicyStatement({ actions: ['rds-data:ExecuteStatement'], resources: [database.cluster.clusterArn] }),
  );
  handler.addToRolePolicy(
    new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: secrets.map(secret => secret.secretArn),
    }),
  );
}
