import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { routes } from '../../lambdas/api/contract.ts';
import { capabilities } from '../../lambdas/runtime/route.ts';
import { stageConfig } from '../../lib/config.ts';
import { powersOf } from './policies.ts';
import { type StackTemplate, synthesisedBank } from './synthesised-bank.ts';

const { api, workers } = synthesisedBank('prod');
const called = [...capabilities, 'EventWorker'];
const stackOf = (name: string) => (name === 'EventWorker' ? workers : api);

function find(stack: StackTemplate, type: string, start: string) {
  const [id, resource] = Object.entries(stack.named(type)).find(([key]) => key.startsWith(start)) ?? [];
  return { id, properties: resource?.Properties ?? {} };
}

describe('in prod', () => {
  test.each(called)('new code of %s gets every tenth call for five minutes, and an alarm takes it back', name => {
    const stack = stackOf(name);
    const alias = find(stack, 'AWS::Lambda::Alias', `${name}Live`);
    const group = find(stack, 'AWS::CodeDeploy::DeploymentGroup', `${name}Deployment`);
    const failing = find(stack, 'AWS::CloudWatch::Alarm', `${name}DeploymentFails`);
    const handler = find(stack, 'AWS::Lambda::Function', name);
    expect(alias.properties).toMatchObject({ Name: 'live', FunctionName: { Ref: handler.id } });
    expect(group.properties).toMatchObject({
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      AlarmConfiguration: { Enabled: true, Alarms: expect.arrayContaining([{ Name: { Ref: failing.id } }]) },
      AutoRollbackConfiguration: { Enabled: true, Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']) },
    });
    expect(failing.properties).toMatchObject({ MetricName: 'Errors', Threshold: 1, Period: 60 });
    expect(JSON.stringify(failing.properties.Dimensions)).toContain(':live');
    expect(JSON.stringify(stack.json())).toContain(`{"CodeDeployLambdaAliasUpdate":{"ApplicationName":`);
  });

  test('answers of 5xx speak against new code of any function of the API', () => {
    const answers = find(api, 'AWS::CloudWatch::Alarm', 'DeploymentServerErrors');
    const groups = api.all('AWS::CodeDeploy::DeploymentGroup');
    expect(answers.properties).toMatchObject({ Namespace: 'AWS/ApiGateway', MetricName: '5xx' });
    expect(groups).toHaveLength(capabilities.length);
    for (const { Properties } of groups) {
      expect(JSON.stringify(Properties.AlarmConfiguration)).toContain(`{"Ref":"${answers.id}"}`);
    }
  });

  test('every route and the event queue call the alias, and may', () => {
    const aliases = Object.keys(api.named('AWS::Lambda::Alias')).map(id => JSON.stringify({ Ref: id }));
    const integrations = api.all('AWS::ApiGatewayV2::Integration').map(found => found.Properties.IntegrationUri);
    expect(integrations.map(uri => JSON.stringify(uri)).toSorted()).toEqual(aliases.toSorted());
    const permitted = api.all('AWS::Lambda::Permission').map(found => JSON.stringify(found.Properties.FunctionName));
    expect(permitted).toHaveLength(routes.length);
    expect(new Set(permitted)).toEqual(new Set(aliases));
    const alias = find(workers, 'AWS::Lambda::Alias', 'EventWorkerLive');
    const sources = workers
      .all('AWS::Lambda::EventSourceMapping')
      .map(found => JSON.stringify(found.Properties.FunctionName));
    expect(sources.filter(source => source.includes(`{"Ref":"${alias.id}"}`) && source.includes(':live'))).toHaveLength(
      1,
    );
  });

  test.each([api, workers])(
    'CodeDeploy may move the aliases of these functions, and look at alarms, and nothing else',
    stack => {
      const aliased = Object.values(stack.named('AWS::Lambda::Alias')).map(({ Properties }) => Properties.FunctionName);
      const ids = aliased.map(name => z.object({ Ref: z.string() }).parse(name).Ref);
      const powers = powersOf(stack, 'DeploymentsRole');
      const arns = ids.flatMap(id => [
        `{"Fn::GetAtt":["${id}","Arn"]}`,
        `{"Fn::Join":["",[{"Fn::GetAtt":["${id}","Arn"]},":live"]]}`,
      ]);
      const moving = ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'];
      expect(Object.keys(powers).toSorted()).toEqual(['cloudwatch:DescribeAlarms', ...moving].toSorted());
      for (const action of moving) expect(powers[action]?.toSorted()).toEqual(arns.toSorted());
    },
  );

  test('what moves money is kept warm, and nothing else', () => {
    const warm = [...api.all('AWS::Lambda::Alias'), ...workers.all('AWS::Lambda::Alias')].filter(
      ({ Properties }) => Properties.ProvisionedConcurrencyConfig !== undefined,
    );
    expect(warm.map(({ Properties }) => Properties.ProvisionedConcurrencyConfig)).toEqual([
      { ProvisionedConcurrentExecutions: stageConfig('prod').warmPayments },
    ]);
    expect(JSON.stringify(warm[0]?.Properties.FunctionName)).toMatch(/"payments/);
  });
});

test.each(['local', 'dev', 'staging'])('in %s new code takes over at once, and callers call functions', stage => {
  const bank = synthesisedBank(stage);
  for (const stack of bank.all) {
    for (const type of ['AWS::Lambda::Alias', 'AWS::CodeDeploy::DeploymentGroup']) {
      expect(stack.all(type)).toEqual([]);
    }
  }
});
