import { Duration } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type Capability, stageRules } from '../../lambdas/runtime/route.ts';
import type { StageConfig } from '../config.ts';
import { BankDatabase } from './bank-database.ts';
import { BankFunction } from './bank-function.ts';
import { allowDataApi } from './data-api-access.ts';
import type { SsnVault } from './ssn-vault.ts';

const swaggerUi = 'node_modules/swagger-ui-dist';

/** The page about the API, and what it shows: `system` serves them. */
const referenceFiles = {
  reference: 'lambdas/api/system/reference',
  'reference/openapi.json': 'docs/openapi.json',
  ...Object.fromEntries(
    ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'LICENSE', 'NOTICE'].map(name => [
      `reference/${name}`,
      `${swaggerUi}/${name}`,
    ]),
  ),
};

interface CapabilityFunctionProps {
  readonly config: StageConfig;
  readonly database: BankDatabase;
  readonly vault: SsnVault;
  readonly userPool: UserPool;
}

/**
 * The function behind a capability's routes, from `lambdas/api/<capability>/index.ts`. It may run statements as its
 * capability's own database login and nothing else; a capability without a login gets no database at all. `customers`
 * alone is given the keys of the social security numbers, `users` alone may disable users of the pool.
 */
export class CapabilityFunction extends BankFunction {
  constructor(
    scope: Construct,
    capability: Capability,
    { config, database, vault, userPool }: CapabilityFunctionProps,
  ) {
    const readsNumbers = capability === 'customers';
    const disablesUsers = capability === 'users';
    const readsSeals = capability === 'audit';
    const login = database.logins.find(candidate => candidate.name === capability);
    super(scope, capability, {
      config,
      description: `The ${capability} routes of the API`,
      entry: `lambdas/api/${capability}/index.ts`,
      ...(capability === 'system' && { beside: referenceFiles }),
      // Under the 30 s at which the HTTP API gives up, so that the caller gets the function's own answer.
      timeout: Duration.seconds(28),
      ...(readsNumbers && { roleName: vault.roleNames.customers }),
      environment: {
        STAGE: config.stage,
        ...(login && {
          DATABASE_CLUSTER_ARN: database.cluster.clusterArn,
          DATABASE_SECRET_ARN: login.secret.secretArn,
          DATABASE_NAME: BankDatabase.databaseName,
          CUSTOMER_RULES: JSON.stringify(stageRules.filter(rule => config.customerRules[rule])),
          CUSTOMER_ACCOUNT_LIMIT: String(config.customerAccountLimit),
          ACCOUNTS_NEED_VERIFIED_CUSTOMER: String(config.accountsNeedVerifiedCustomer),
        }),
        ...(readsNumbers && vault.environment),
        ...(readsSeals && {
          AUDIT_BUCKET: `countinghouse-${config.stage}-audit`,
          SEAL_KEY_ID: `alias/countinghouse/${config.stage}/seal`,
        }),
        ...(disablesUsers && { USER_POOL_ID: userPool.userPoolId }),
      },
    });
    if (login) {
      allowDataApi(this, database, [login.secret]);
    }
    if (readsNumbers) {
      vault.allow(this, 'customers');
    }
    if (disablesUsers) {
      const actions = ['AdminDisableUser', 'AdminEnableUser', 'AdminUserGlobalSignOut'].map(
        name => `cognito-idp:${name}`,
      );
      this.addToRolePolicy(new PolicyStatement({ actions, resources: [userPool.userPoolArn] }));
    }
  }
}
