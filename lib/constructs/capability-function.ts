import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Capability, stageRules } from '../../lambdas/runtime/route.ts';
import type { StageConfig } from '../config.ts';
import { BankDatabase } from './bank-database.ts';
import { BankFunction } from './bank-function.ts';
import { allowDataApi } from './data-api-access.ts';

interface CapabilityFunctionProps {
  readonly config: StageConfig;
  readonly database: BankDatabase;
}

/**
 * The function behind a capability's routes, from `lambdas/api/<capability>/index.ts`. It may run statements as its
 * capability's own database login and nothing else; a capability without a login gets no database at all.
 */
export class CapabilityFunction extends BankFunction {
  constructor(scope: Construct, capability: Capability, { config, database }: CapabilityFunctionProps) {
    const login = database.logins.find(candidate => candidate.capability === capability);
    super(scope, capability, {
      config,
      description: `The ${capability} routes of the API`,
      entry: `lambdas/api/${capability}/index.ts`,
      // Under the 30 s at which the HTTP API gives up, so that the caller gets the function's own answer.
      timeout: Duration.seconds(28),
      environment: {
        STAGE: config.stage,
        ...(login && {
          DATABASE_CLUSTER_ARN: database.cluster.clusterArn,
          DATABASE_SECRET_ARN: login.secret.secretArn,
          DATABASE_NAME: BankDatabase.databaseName,
          CUSTOMER_RULES: JSON.stringify(stageRules.filter(rule => config.customerRules[rule])),
          CUSTOMER_ACCOUNT_LIMIT: String(config.customerAccountLimit),
        }),
      },
    });
    if (login) {
      allowDataApi(this, database, [login.secret]);
    }
  }
}
