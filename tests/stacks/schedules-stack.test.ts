import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { schedules as definitions } from '../../lib/schedules.ts';
import { keyOf } from './keys.ts';
import { statementsOf } from './policies.ts';
import { environmentOf, synthesisedBank } from './synthesised-bank.ts';

// As wherever the database need not pause.
const { schedules: dev } = synthesisedBank('dev', { changes: { frequentSchedules: 'often' } });
const functions = Object.entries(dev.named('AWS::Lambda::Function'));
const made = Object.entries(dev.named('AWS::Scheduler::Schedule'));
const roles = Object.entries(dev.named('AWS::IAM::Role'));
const [deadLettersId] = Object.keys(dev.named('AWS::SQS::Queue'));
const deadLettersArn = { 'Fn::GetAtt': [deadLettersId, 'Arn'] };

/** `relay-events` → what was made of it: ids begin with `RelayEvents`. */
function partsOf(name: string) {
  const start = name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  const find = <Made>(all: [string, Made][], id: string) => all.find(([candidate]) => candidate.startsWith(id));
  const [functionId, definition] = find(functions, start) ?? [];
  const [roleId, role] = find(roles, `${start}SchedulerRole`) ?? [];
  return { functionId, definition, roleId, role, schedule: find(made, `${start}Schedule`)?.[1].Properties };
}

test('there is a schedule for each definition, and no other', () => {
  const names = definitions.map(({ name }) => name);
  expect(made.map(([, { Properties }]) => Properties.Name)).toEqual(names.map(name => `countinghouse-dev-${name}`));
  expect(new Set(names).size).toBe(names.length);
});

describe.each(definitions)('the schedule $name', ({ name, expression, timeoutSeconds, startWithinSeconds }) => {
  const { functionId, definition, roleId, role, schedule } = partsOf(name);

  test('starts its function when it says, to the second, and tells which time it is for', () => {
    expect(schedule).toMatchObject({
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [functionId, 'Arn'] },
        RoleArn: { 'Fn::GetAtt': [roleId, 'Arn'] },
        Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>', name }),
      },
    });
  });

  test('that could not be started is tried again for a while, and then kept', () => {
    expect(schedule?.Target).toMatchObject({
      RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: startWithinSeconds },
      DeadLetterConfig: { Arn: deadLettersArn },
    });
    // What EventBridge Scheduler takes.
    expect(startWithinSeconds).toBeGreaterThanOrEqual(60);
    expect(startWithinSeconds).toBeLessThanOrEqual(86_400);
  });

  test('that failed for good is kept, too', () => {
    expect(definition?.Properties).toMatchObject({
      Timeout: timeoutSeconds,
      DeadLetterConfig: { TargetArn: deadLettersArn },
    });
  });

  test('works as the login of the schedules', () => {
    expect(environmentOf(definition).DATABASE_SECRET_ARN).toEqual({
      'Fn::ImportValue': expect.stringContaining('schedulesLoginSecret'),
    });
  });

  test('may start its function and nothing else, and only for schedules of this account', () => {
    const powers = statementsOf({ Policies: role?.Properties.Policies });
    const own = powers.filter(({ Action }) => !Action.some(action => /^(sqs|kms):/.test(action)));
    expect(own).toEqual([
      { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [{ 'Fn::GetAtt': [functionId, 'Arn'] }] },
    ]);
    const others = powers.filter(found => !own.includes(found)).flatMap(({ Resource }) => Resource);
    const key = keyOf(dev, 'countinghouse/dev/schedule-dead-letters');
    expect(others).toEqual([deadLettersArn, { 'Fn::GetAtt': [key.id, 'Arn'] }]);
    expect(JSON.stringify(role?.Properties.AssumeRolePolicyDocument)).toMatch(
      /"aws:SourceAccount":\{"Ref":"AWS::AccountId"\},"aws:SourceArn":.*:schedule-group\/default/,
    );
  });
});

test.each(stageNames)('the jobs of %s may close the books as far ahead as the stage says', name => {
  const { schedules } = synthesisedBank(name);
  const jobs = schedules.all('AWS::Lambda::Function').filter(found => 'WORK_QUEUE_URL' in environmentOf(found));
  expect(jobs.map(found => environmentOf(found).BOOKS_DAYS_AHEAD)).toEqual(
    Array(3).fill(String(stageConfig(name).booksDaysAhead)),
  );
  expect(stageConfig('prod').booksDaysAhead).toBe(0);
});

test.each(stageNames)('the schedules of %s follow the clock of the stage', name => {
  const { schedules } = synthesisedBank(name);
  const zones = schedules
    .all('AWS::Scheduler::Schedule')
    .map(({ Properties }) => Properties.ScheduleExpressionTimezone);
  expect(new Set(zones)).toEqual(new Set([stageConfig(name).timeZone]));
});

test('the sealer is the role that the policies of the key and the archive name', () => {
  const sealer = roles.filter(([, { Properties }]) => Properties.RoleName !== undefined);
  expect(sealer.map(([id, { Properties }]) => [id.slice(0, -8), Properties.RoleName])).toEqual([
    ['SealAuditRole', { 'Fn::Join': ['', ['countinghouse-dev-audit-sealer-', { Ref: 'AWS::Region' }]] }],
  ]);
});

describe('an alarm is raised', () => {
  const alarms = dev.all('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  const alarmOn = (metric: string) =>
    alarms.find(({ MetricName, Statistic }) => MetricName === metric && Statistic !== 'SampleCount');

  test('when an event has waited for more than five minutes three minutes long, or nobody measures it', () => {
    expect(alarmOn('OutboxLagSeconds')).toMatchObject({
      Namespace: 'Countinghouse',
      Dimensions: [
        { Name: 'service', Value: 'countinghouse' },
        { Name: 'stage', Value: 'dev' },
      ],
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 300,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test.each(definitions)(
    'at the first $name that fails, where each has to be looked at, else at the third',
    definition => {
      const ofFunction = [{ Name: 'FunctionName', Value: { Ref: partsOf(definition.name).functionId } }];
      const onErrors = alarms.filter(({ MetricName }) => MetricName === 'Errors');
      expect(onErrors.filter(({ Dimensions }) => isDeepStrictEqual(Dimensions, ofFunction))).toMatchObject([
        {
          Namespace: 'AWS/Lambda',
          Threshold: definition.alarmAtFirstFailure ? 1 : 3,
          EvaluationPeriods: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        },
      ]);
    },
  );

  test('when a reconciliation found any difference, until another finds none', () => {
    expect(alarmOn('ReconciliationDifferences')).toMatchObject({
      Namespace: 'Countinghouse',
      Dimensions: [
        { Name: 'service', Value: 'countinghouse' },
        { Name: 'stage', Value: 'dev' },
      ],
      Statistic: 'Maximum',
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'ignore',
    });
  });

  test('at the first piece of work that failed for good', () => {
    expect(alarmOn('ApproximateNumberOfMessagesVisible')).toMatchObject({
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [deadLettersId, 'QueueName'] } }],
      Threshold: 1,
    });
  });

  test.each([
    ['JobDuration', { job: 'accrue-interest' }],
    ['ReconciliationDifferences', {}],
  ])('when nothing tells of %s for a day and an hour', (metric, dimensions) => {
    const missing = alarms.filter(({ MetricName, Statistic }) => MetricName === metric && Statistic === 'SampleCount');
    const all = { ...dimensions, service: 'countinghouse', stage: 'dev' };
    expect(missing).toMatchObject([
      {
        Dimensions: Object.entries(all).map(([Name, Value]) => ({ Name, Value })),
        Period: 3600,
        // The day on which summer time ends has 25 hours.
        EvaluationPeriods: 26,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
      },
    ]);
  });

  test('when rows of the audit wait for half an hour, or nobody seals them', () => {
    expect(alarmOn('AuditSealedAll')).toMatchObject({
      Period: 600,
      EvaluationPeriods: 3,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });
});
