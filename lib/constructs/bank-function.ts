import { type Duration, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { BankLogGroup } from './bank-log-group.ts';
import { type BundleOptions, bundledCode } from './bundle.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { Provision } from './provision.ts';

interface BankFunctionProps extends BundleOptions {
  readonly config: StageConfig;
  readonly description: string;
  /** Variables beside those of every function and of what it uses. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What it works with: it gets their variables and the powers over them, and no others. */
  readonly uses?: readonly Provision[];
  readonly timeout: Duration;
  /** For a role that a policy elsewhere must name before it exists; CloudFormation makes a name otherwise. */
  readonly roleName?: string;
  /** Where an event ends that it was handed asynchronously and failed on, with Lambda's two more tries. */
  readonly deadLetters?: DeadLetterQueue;
}

/**
 * A Lambda function as the bank runs it: Node 24 on ARM, an ES module bundle, traced, with its own role and its own
 * log group, and outside any VPC, since everything it calls is an AWS API.
 */
export class BankFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: BankFunctionProps) {
    const { config, description, environment, uses = [], timeout, roleName, deadLetters, ...bundle } = props;
    const logGroup = new BankLogGroup(scope, `${id}Logs`, { config });
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description,
      ...(roleName !== undefined && { roleName }),
    });
    super(scope, id, {
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout,
      handler: 'index.handler',
      code: bundledCode(bundle),
      environment: {
        ...environment,
        ...Object.fromEntries(uses.flatMap(provision => Object.entries(provision.environment))),
        STAGE: config.stage,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: 'countinghouse',
        POWERTOOLS_METRICS_NAMESPACE: 'Countinghouse',
      },
      // Adds xray:PutTraceSegments and xray:PutTelemetryRecords on *: X-Ray knows no resources to name there.
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      ...(deadLetters && { deadLetterQueue: deadLetters }),
    });
    // In place of AWSLambdaBasicExecutionRole, which may write to every log group of the account.
    role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; nothing else is granted on *.',
    });
    for (const statement of deadLetters?.sending() ?? []) {
      role.addToPolicy(statement);
    }
    for (const provision of uses) {
      provision.allow(this);
    }
  }
}
