import { Duration, Stack } from 'aws-cdk-lib';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { BankDatabase } from './bank-database.ts';
import { BankFunction } from './bank-function.ts';
import { allowDataApi } from './data-api-access.ts';

interface DatabaseMigrationProps {
  readonly config: StageConfig;
  readonly database: BankDatabase;
}

/**
 * Brings the database to the state that `sql/` describes, as part of the deploy: a function with the scripts beside it,
 * run once the cluster has its writer and again whenever its code or a script changes. A migration that fails
 * fails the deploy, and the functions that would have needed it are never replaced.
 */
export class DatabaseMigration extends Construct {
  /** Is done when the database is migrated. */
  readonly trigger: Trigger;

  constructor(scope: Construct, id: string, { config, database }: DatabaseMigrationProps) {
    super(scope, id);
    const timeout = Duration.minutes(10);
    const { cluster, masterSecret, logins } = database;
    const handler = new BankFunction(this, 'Function', {
      config,
      description: 'Applies the migrations, functions, views and roles under sql/',
      entry: 'lambdas/deploy/migrate.ts',
      beside: { sql: 'sql' },
      timeout,
      environment: {
        DATABASE_CLUSTER_ARN: cluster.clusterArn,
        DATABASE_SECRET_ARN: masterSecret.secretArn,
        DATABASE_NAME: BankDatabase.databaseName,
        BANK_TIME_ZONE: config.timeZone,
        DATABASE_LOGINS: Stack.of(this).toJsonString(
          Object.fromEntries(logins.map(login => [login.username, login.secret.secretArn])),
        ),
      },
    });
    allowDataApi(handler, database, [masterSecret, ...logins.map(login => login.secret)]);
    this.trigger = new Trigger(this, 'Trigger', { handler, timeout, executeAfter: [cluster] });
  }
}
