import { Duration } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { type Capability, stageRules } from '../../lambdas/runtime/route.ts';
import type { StageConfig } from '../config.ts';
import { pdfDrawing } from '../pdf-drawing.ts';
import type { AuditArchive } from './audit-archive.ts';
import type { AuditSealKey } from './audit-seal-key.ts';
import type { BankDatabase } from './bank-database.ts';
import { BankFunction } from './bank-function.ts';
import { databaseAccess } from './data-api-access.ts';
import type { Provision } from './provision.ts';
import type { QueueConsumer } from './queue-consumer.ts';
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
  readonly audit: { readonly archive: AuditArchive; readonly sealKey: AuditSealKey };
  readonly events: QueueConsumer;
  readonly userPool: UserPool;
  /** What the edge proves itself by, where there is one. */
  readonly originSecrets: readonly ISecret[];
}

/**
 * The function behind a capability's routes, from `lambdas/api/<capability>/index.ts`. It may run statements as its
 * capability's own database login and send the events that they wrote; a capability without a login gets neither.
 * `customers` alone is given the keys of the social security numbers, `users` alone may disable users of the pool, and
 * `audit` alone reads what was archived and the key that it was sealed with.
 */
export class CapabilityFunction extends BankFunction {
  constructor(scope: Construct, capability: Capability, props: CapabilityFunctionProps) {
    const { config, vault, userPool, originSecrets } = props;
    const disablesUsers = capability === 'users';
    super(scope, capability, {
      config,
      description: `The ${capability} routes of the API`,
      entry: `lambdas/api/${capability}/index.ts`,
      ...(capability === 'system' && { beside: referenceFiles }),
      ...(capability === 'statements' && { beside: pdfDrawing }),
      // Under the 30 s at which the HTTP API gives up, so that the caller gets the function's own answer.
      timeout: Duration.seconds(28),
      ...(capability === 'customers' && { roleName: vault.roleNames.customers }),
      environment: {
        ...(capability !== 'system' && rulesOf(config)),
        ...(unfreezes.includes(capability) && { FOUR_EYES: String(config.fourEyesUnfreeze) }),
        ...(disablesUsers && { USER_POOL_ID: userPool.userPoolId }),
        ...(originSecrets.length > 0 && { ORIGIN_SECRETS: valuesOf(originSecrets) }),
      },
      uses: provisionsOf(capability, props),
    });
    if (disablesUsers) {
      const actions = ['AdminDisableUser', 'AdminEnableUser', 'AdminUserGlobalSignOut'].map(
        name => `cognito-idp:${name}`,
      );
      this.addToRolePolicy(new PolicyStatement({ actions, resources: [userPool.userPoolArn] }));
    }
  }
}

/** The capabilities that let go what staff have frozen. */
const unfreezes: readonly Capability[] = ['accounts', 'customers'];

function rulesOf(config: StageConfig): Record<string, string> {
  return {
    CUSTOMER_RULES: JSON.stringify(stageRules.filter(rule => config.customerRules[rule])),
    CUSTOMER_ACCOUNT_LIMIT: String(config.customerAccountLimit),
    ACCOUNTS_NEED_VERIFIED_CUSTOMER: String(config.accountsNeedVerifiedCustomer),
  };
}

/** CloudFormation puts the values in: reading them from Secrets Manager would make each cold start wait for it. */
function valuesOf(secrets: readonly ISecret[]): string {
  return secrets.map(secret => secret.secretValue.unsafeUnwrap()).join(',');
}

function provisionsOf(capability: Capability, props: CapabilityFunctionProps): Provision[] {
  const { database, vault, audit, events } = props;
  if (capability === 'system') {
    return [];
  }
  return [
    databaseAccess(database, capability),
    events.sending,
    ...(capability === 'customers' ? [vault.accessOf('customers')] : []),
    ...(capability === 'audit' ? [audit.archive.reading, audit.sealKey.verifying] : []),
  ];
}
