import { CfnOutput, Duration } from 'aws-cdk-lib';
import * as gateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import type { StageConfig } from '../lib/config.ts';
import { BankDatabase } from '../lib/constructs/bank-database.ts';
import { BankFunction } from '../lib/constructs/bank-function.ts';
import { allowDataApi } from '../lib/constructs/data-api-access.ts';
import type { AuthStack } from '../lib/stacks/auth-stack.ts';
import { BankStack } from '../lib/stacks/bank-stack.ts';
import { selectOneRoute } from './select-one/route.ts';

interface SelectOneStackDependencies {
  readonly auth: AuthStack;
  readonly database: BankDatabase;
}

/** An HTTP API beside the bank's with the one route that transfers are measured against, made as the bank's are. */
export class SelectOneStack extends BankStack {
  constructor(scope: Construct, config: StageConfig, { auth, database }: SelectOneStackDependencies) {
    super(scope, 'select-one', { config, description: 'the route that transfers are measured against' });
    const api = new gateway.HttpApi(this, 'Api', { createDefaultStage: false });
    new gateway.HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: config.throttle,
    });
    api.addRoutes({
      path: selectOneRoute.path,
      methods: [gateway.HttpMethod[selectOneRoute.method]],
      integration: new HttpLambdaIntegration('Integration', selectOneFunction(this, config, database)),
      authorizer: new HttpUserPoolAuthorizer('Token', auth.userPool, { userPoolClients: [auth.client] }),
    });
    new CfnOutput(this, 'SelectOneUrl', { value: api.apiEndpoint });
  }
}

function selectOneFunction(scope: Construct, config: StageConfig, database: BankDatabase): BankFunction {
  const login = database.logins.find(candidate => candidate.name === selectOneRoute.capability);
  if (!login) {
    throw new Error(`The capability ${selectOneRoute.capability} has no database login`);
  }
  const handler = new BankFunction(scope, 'Function', {
    config,
    description: 'Asks the database for the number one',
    entry: 'bench/select-one/index.ts',
    timeout: Duration.seconds(28),
    environment: {
      STAGE: config.stage,
      DATABASE_CLUSTER_ARN: database.cluster.clusterArn,
      DATABASE_SECRET_ARN: login.secret.secretArn,
      DATABASE_NAME: BankDatabase.databaseName,
    },
  });
  allowDataApi(handler, database, [login.secret]);
  return handler;
}
