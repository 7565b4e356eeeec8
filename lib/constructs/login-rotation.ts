import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IDependable } from 'constructs';
import type { StageConfig } from '../config.ts';
import { BankDatabase } from './bank-database.ts';
import { BankFunction } from './bank-function.ts';
import { allowDataApi } from './data-api-access.ts';

interface LoginRotationProps {
  readonly config: StageConfig;
  readonly database: BankDatabase;
  /** What must have been done before a login can be tried out. */
  readonly after: IDependable;
}

/**
 * Replaces the password of each login, every so many days, without a moment in which the one in use is not the right one
 * (docs/decisions/0018-logins-rotate-by-twins.md). It works over the Data API as everything does: no network, no VPC.
 */
export class LoginRotation extends Construct {
  constructor(scope: Construct, id: string, { config, database, after }: LoginRotationProps) {
    super(scope, id);
    const secrets = database.logins.map(({ secret }) => secret);
    const probe = this.#probe(config);
    const handler = new BankFunction(this, 'Function', {
      config,
      description: "Replaces the passwords of the database's logins",
      entry: 'lambdas/deploy/rotate-login.ts',
      timeout: Duration.minutes(1),
      environment: {
        DATABASE_CLUSTER_ARN: database.cluster.clusterArn,
        DATABASE_SECRET_ARN: database.masterSecret.secretArn,
        DATABASE_NAME: BankDatabase.databaseName,
        PROBE_SECRET_ARN: probe.secretArn,
      },
    });
    allowDataApi(handler, database, [database.masterSecret, probe, ...secrets]);
    const actions = ['DescribeSecret', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
      name => `secretsmanager:${name}`,
    );
    handler.addToRolePolicy(new PolicyStatement({ actions, resources: secrets.map(secret => secret.secretArn) }));
    handler.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:PutSecretValue'], resources: [probe.secretArn] }),
    );
    handler.addPermission('Rotation', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: Aws.ACCOUNT_ID,
    });
    for (const { name, secret } of database.logins) {
      // The CDK's own would let the function read random passwords from *.
      const schedule = new CfnRotationSchedule(this, `${name}Schedule`, {
        secretId: secret.secretArn,
        rotationLambdaArn: handler.functionArn,
        rotationRules: { automaticallyAfterDays: config.passwordRotationDays },
        // The deploy makes sure that the last step but one works, and leaves the rest to its day.
        rotateImmediatelyOnUpdate: false,
      });
      schedule.node.addDependency(handler, after);
    }
  }

  /** Where a login is tried out: the Data API logs in with what is current in a secret. Only the rotation reads it. */
  #probe(config: StageConfig): Secret {
    const probe = new Secret(this, 'Probe', {
      description: `The login of countinghouse ${config.stage} that was tried out last`,
      generateSecretString: { secretStringTemplate: '{"username":"nobody"}', generateStringKey: 'password' },
    });
    Validations.of(probe).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'It is what the rotation writes: each time one of the other secrets is rotated, this one is too.',
    });
    return probe;
  }
}
