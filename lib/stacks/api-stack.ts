import { CfnOutput, Validations } from 'aws-cdk-lib';
import * as gateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { routes } from '../../lambdas/api/contract.ts';
import { capabilities, routeKey } from '../../lambdas/runtime/route.ts';
import type { StageConfig } from '../config.ts';
import { accessLogFormat } from '../constructs/access-log-format.ts';
import { BankLogGroup } from '../constructs/bank-log-group.ts';
import { CapabilityFunction } from '../constructs/capability-function.ts';
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

  constructor(scope: Construct, config: StageConfig, dependencies: ApiStackDependencies) {
    super(scope, 'api', { config, description: 'the HTTP API and its functions' });
    const api = new gateway.HttpApi(this, 'Api', {
      apiName: `countinghouse-${config.stage}`,
      createDefaultStage: false,
    });
    this.api = api;
    const { auth } = dependencies;
    this.addStage(api, this.addRoutes(api, dependencies));
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint, description: 'Where the API answers' });
    new CfnOutput(this, 'UserPoolId', { value: auth.userPool.userPoolId, description: 'Where users are kept' });
    new CfnOutput(this, 'UserPoolClientId', {
      value: auth.client.userPoolClientId,
      description: 'The client id that users sign in with',
    });
  }

  private addRoutes(api: gateway.HttpApi, { auth, data, messaging }: ApiStackDependencies): gateway.HttpRoute[] {
    const { database, vault, audit } = data;
    const given = { config: this.config, database, vault, audit, events: messaging.events, userPool: auth.userPool };
    const byToken = new HttpUserPoolAuthorizer('Token', auth.userPool, { userPoolClients: [auth.client] });
    const anyone = new gateway.HttpNoneAuthorizer();
    return capabilities.flatMap(capability => {
      const handler = new CapabilityFunction(this, capability, given);
      const integration = new HttpLambdaIntegration(`${capability}Integration`, handler);
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
