import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import * as gateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { routes } from '../../lambdas/api/contract.ts';
import { capabilities, routeKey } from '../../lambdas/runtime/route.ts';
import { hasEdge, type StageConfig } from '../config.ts';
import { accessLogFormat } from '../constructs/access-log-format.ts';
import type { AlarmTopic } from '../constructs/alarm-topic.ts';
import { BankAlarm } from '../constructs/bank-alarm.ts';
import { BankLogGroup } from '../constructs/bank-log-group.ts';
import { CapabilityFunction } from '../constructs/capability-function.ts';
import { GradualDeployment } from '../constructs/gradual-deployment.ts';
import { removalPolicy } from '../constructs/removal-policy.ts';
import type { AuthStack } from './auth-stack.ts';
import { BankStack } from './bank-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';

interface ApiStackDependencies {
  readonly auth: AuthStack;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
}

/** What the world sees: the contract's routes, each behind a token unless it is public, and the functions that answer. */
export class ApiStack extends BankStack {
  readonly api: gateway.HttpApi;
  /** Where there is an edge, what it proves itself by, the newest last; none otherwise, and then anybody gets this far. */
  readonly originSecrets: readonly Secret[];

  constructor(scope: Construct, config: StageConfig, dependencies: ApiStackDependencies) {
    super(scope, 'api', { config, description: 'the HTTP API and its functions' });
    const api = new gateway.HttpApi(this, 'Api', {
      apiName: `countinghouse-${config.stage}`,
      createDefaultStage: false,
    });
    this.api = api;
    this.originSecrets = hasEdge(config) ? config.originSecretVersions.map(version => this.originSecret(version)) : [];
    const { auth } = dependencies;
    this.addStage(api, this.addRoutes(api, dependencies));
    new CfnOutput(this, hasEdge(config) ? 'ApiOriginUrl' : 'ApiUrl', {
      value: api.apiEndpoint,
      description: hasEdge(config) ? 'Where the API answers its edge' : 'Where the API answers',
    });
    new CfnOutput(this, 'UserPoolId', { value: auth.userPool.userPoolId, description: 'Where users are kept' });
    new CfnOutput(this, 'UserPoolClientId', {
      value: auth.client.userPoolClientId,
      description: 'The client id that users sign in with',
    });
  }

  private addRoutes(api: gateway.HttpApi, { auth, data, messaging }: ApiStackDependencies): gateway.HttpRoute[] {
    const { database, vault, audit } = data;
    const { config, originSecrets } = this;
    const given = { config, database, vault, audit, events: messaging.events, userPool: auth.userPool, originSecrets };
    const byToken = new HttpUserPoolAuthorizer('Token', auth.userPool, { userPoolClients: [auth.client] });
    const anyone = new gateway.HttpNoneAuthorizer();
    const deployments = new GradualDeployment(this, 'Deployments', {
      config: this.config,
      alarms: messaging.alarms,
      against: this.serverErrors(api, messaging.alarms),
    });
    return capabilities.flatMap(capability => {
      const handler = new CapabilityFunction(this, capability, given);
      const called = deployments.of(handler, capability === 'payments' ? this.config.warmPayments : 0);
      const integration = new HttpLambdaIntegration(`${capability}Integration`, called);
      const ofCapability = routes.filter(route => route.capability === capability);
      return ofCapability.flatMap(({ method, path, roles }) => {
        const authorizer = roles === 'public' ? anyone : byToken;
        const added = api.addRoutes({ path, methods: [gateway.HttpMethod[method]], integration, authorizer });
        for (const route of roles === 'public' ? added : []) {
          Validations.of(route).acknowledge({
            id: 'AwsSolutions-APIG4',
            reason: 'The contract calls the route public: it tells nothing of anybody, and its function has no powers.',
          });
        }
        return added;
      });
    });
  }

  private originSecret(version: number): Secret {
    const secret = new Secret(this, `OriginSecret${version}`, {
      description: `What the edge of countinghouse ${this.config.stage} proves itself by, version ${version}`,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: removalPolicy(this.config),
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'CloudFront and the functions are told it by a deploy, so it is a deploy that replaces it: see originSecretVersions. Who ' +
        'has it gets round the firewall, and still needs a token.',
    });
    // Also of the one that the edge has just stopped using: an export that is in use cannot go, and this stack comes first.
    this.exportValue(secret.secretArn);
    return secret;
  }

  /** Functions answer most of what goes wrong in them, as they should: so it is the answers that tell of new code that fails. */
  private serverErrors(api: gateway.HttpApi, alarms: AlarmTopic): BankAlarm[] {
    if (this.config.deployment === 'all-at-once') {
      return [];
    }
    const alarm = new BankAlarm(this, 'DeploymentServerErrors', {
      alarms,
      says: 'the API answered 5xx; a deployment of its functions is rolled back',
      runbook: 'a-deployment-is-rolled-back',
      metric: api.metricServerError({ period: Duration.minutes(1), statistic: Stats.SUM }),
      threshold: 5,
      evaluationPeriods: 1,
    });
    return [alarm];
  }

  private addStage(api: gateway.HttpApi, added: readonly gateway.HttpRoute[]): void {
    const { throttle, moneyThrottle } = this.config;
    const stage = new gateway.HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new gateway.LogGroupLogDestination(new BankLogGroup(this, 'AccessLogs', { config: this.config })),
        format: accessLogFormat,
      },
    });
    // API Gateway refuses settings of a route that it does not have yet.
    stage.node.addDependency(...added);
    const resource = stage.node.findChild('Resource');
    if (!(resource instanceof gateway.CfnStage)) {
      throw new Error('The stage is not made as it was: nothing is there to set the throttling of routes on');
    }
    // The construct of a stage knows none of its routes' own settings.
    resource.routeSettings = Object.fromEntries(
      routes
        .filter(route => route.capability === 'payments' || route.name === 'captureHold')
        .map(route => [
          routeKey(route),
          { ThrottlingRateLimit: moneyThrottle.rateLimit, ThrottlingBurstLimit: moneyThrottle.burstLimit },
        ]),
    );
  }
}
