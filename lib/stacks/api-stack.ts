import { CfnOutput } from 'aws-cdk-lib';
import * as gateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { routes } from '../../lambdas/api/contract.ts';
import { capabilities } from '../../lambdas/runtime/route.ts';
import type { StageConfig } from '../config.ts';
import { accessLogFormat } from '../constructs/access-log-format.ts';
import type { BankDatabase } from '../constructs/bank-database.ts';
import { BankLogGroup } from '../constructs/bank-log-group.ts';
import { CapabilityFunction } from '../constructs/capability-function.ts';
import type { AuthStack } from './auth-stack.ts';
import { BankStack } from './bank-stack.ts';

interface ApiStackDependencies {
  readonly auth: AuthStack;
  readonly database: BankDatabase;
}

/** What the world sees: the contract's routes, each behind a token unless it is public, and the functions that answer. */
export class ApiStack extends BankStack {
  constructor(scope: Construct, config: StageConfig, { auth, database }: ApiStackDependencies) {
    super(scope, 'api', { config, description: 'the HTTP API and its functions' });
    const api = new gateway.HttpApi(this, 'Api', {
      apiName: `countinghouse-${config.stage}`,
      createDefaultStage: false,
    });
    this.addRoutes(api, auth, database);
    this.addStage(api);
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint, description: 'Where the API answers' });
    new CfnOutput(this, 'UserPoolId', { value: auth.userPool.userPoolId, description: 'Where users are kept' });
    new CfnOutput(this, 'UserPoolClientId', {
      value: auth.client.userPoolClientId,
      description: 'The client id that users sign in with',
    });
  }

  private addRoutes(api: gateway.HttpApi, auth: AuthStack, database: BankDatabase): void {
    const { config } = this;
    const byToken = new HttpUserPoolAuthorizer('Token', auth.userPool, { userPoolClients: [auth.client] });
    const anyone = new gateway.HttpNoneAuthorizer();
    for (const capability of capabilities) {
      const handler = new CapabilityFunction(this, capability, { config, database });
      const integration = new HttpLambdaIntegration(`${capability}Integration`, handler);
      for (const { method, path, roles } of routes.filter(route => route.capability === capability)) {
        const authorizer = roles === 'public' ? anyone : byToken;
        api.addRoutes({ path, methods: [gateway.HttpMethod[method]], integration, authorizer });
      }
    }
  }

  private addStage(api: gateway.HttpApi): void {
    const { throttle } = this.config;
    new gateway.HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new gateway.LogGroupLogDestination(new BankLogGroup(this, 'AccessLogs', { config: this.config })),
        format: accessLogFormat,
      },
    });
  }
}
