import { describe, expect, test } from 'vitest';
import { stageConfig } from '../../lib/config.ts';
import { synthesisedBank } from './synthesised-bank.ts';

const expressionsOf = (stage: string) =>
  synthesisedBank(stage)
    .schedules.all('AWS::Scheduler::Schedule')
    .map(({ Properties }) => String(Properties.ScheduleExpression));

describe('the database of dev', () => {
  const { data, schedules } = synthesisedBank('dev');

  test('pauses when nothing has called it for five minutes', () => {
    expect(data.only('AWS::RDS::DBCluster').Properties.ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 0,
      MaxCapacity: stageConfig('dev').database.maximumCapacity,
      SecondsUntilAutoPause: 300,
    });
  });

  test('is not woken by the clock but at full hours and by the work of the night', () => {
    for (const expression of expressionsOf('dev')) {
      expect(expression).toMatch(/^cron\((0|30) /);
    }
    const between = expressionsOf('dev').filter(expression => !expression.startsWith('cron(0 '));
    expect(between).toEqual(['cron(30 0 * * ? *)', 'cron(30 1 * * ? *)']);
  });

  test('the lag of the outbox is judged by what an hourly relay can see', () => {
    const [alarm] = schedules
      .all('AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties.MetricName === 'OutboxLagSeconds');
    expect(alarm?.Properties).toMatchObject({ Period: 3600, Threshold: 3900, TreatMissingData: 'breaching' });
  });
});

test.each(['local', 'staging', 'prod'])('in %s, events that nobody sent are sent every minute', stage => {
  expect(expressionsOf(stage)).toContain('rate(1 minute)');
});

test('where there are readers, no two instances next to one another stand in one zone', () => {
  const instances = synthesisedBank('prod').data.all('AWS::RDS::DBInstance');
  const zones = instances.map(({ Properties }) => JSON.stringify(Properties.AvailabilityZone));
  expect(zones).toEqual(['{"Fn::Select":[0,{"Fn::GetAZs":""}]}', '{"Fn::Select":[1,{"Fn::GetAZs":""}]}']);
  const [only] = synthesisedBank('dev').data.all('AWS::RDS::DBInstance');
  expect(only?.Properties.AvailabilityZone).toBeUndefined();
});
