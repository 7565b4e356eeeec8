import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DatabaseLogin } from '../../lambdas/runtime/route.ts';
import { BankDatabase } from './bank-database.ts';
import type { BankFunction } from './bank-function.ts';
import type { Provision } from './provision.ts';

/** The bank's database as one login sees it: where it is, with which secret, and the power to run statements as that login. */
export function databaseAccess(database: BankDatabase, login: DatabaseLogin): Provision {
  const { secret } = database.loginOf(login);
  return {
    environment: {
      DATABASE_CLUSTER_ARN: database.cluster.clusterArn,
      DATABASE_SECRET_ARN: secret.secretArn,
      DATABASE_NAME: BankDatabase.databaseName,
    },
    allow: handler => allowDataApi(handler, database, [secret]),
  };
}

/**
 * Lets a function run statements on the bank's cluster as the logins whose secrets are named, and as no other.
 * The Data API asks for both: the action on the cluster, and that the caller itself may read the secret
 * (Amazon Aurora User Guide, "Authorizing access to the Amazon RDS Data API").
 */
export function allowDataApi(handler: BankFunction, database: BankDatabase, secrets: readonly ISecret[]): void {
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
