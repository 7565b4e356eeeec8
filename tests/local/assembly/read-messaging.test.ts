import { describe, expect, test } from 'vitest';
import { readAssembly } from '../../../local/assembly/assembly.ts';
import { functionResource, temporaryFolder, writeAssembly } from './fixture.ts';

const read = async (Resources: Record<string, unknown>, Outputs: Record<string, unknown> = {}) =>
  readAssembly(await writeAssembly(await temporaryFolder(), { bank: { template: { Resources, Outputs } } }));
const resource = (Type: string, Properties: Record<string, unknown> = {}) => ({ Type: `AWS::${Type}`, Properties });
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:000000000000:${rest}`;

describe('queues', () => {
  test('have their attributes as the API has them, and the URL that they have in AWS', async () => {
    const { queues, outputs, warnings } = await read(
      {
        Dead: resource('SQS::Queue', { QueueName: 'dead', MessageRetentionPeriod: 1_209_600 }),
        Events: resource('SQS::Queue', {
          VisibilityTimeout: '180',
          SqsManagedSseEnabled: true,
          RedrivePolicy: { deadLetterTargetArn: attribute('Dead', 'Arn'), maxReceiveCount: 5 },
        }),
        Policy: resource('SQS::QueuePolicy', { Queues: [{ Ref: 'Events' }] }),
      },
      { Url: { Value: { Ref: 'Events' } }, Name: { Value: attribute('Events', 'QueueName') } },
    );
    expect(queues).toMatchObject([
      { name: 'dead', arn: arn('sqs', 'dead'), attributes: { MessageRetentionPeriod: '1209600' } },
      {
        logicalId: 'Events',
        attributes: {
          VisibilityTimeout: '180',
          SqsManagedSseEnabled: 'true',
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'dead'), maxReceiveCount: 5 }),
        },
      },
    ]);
    expect(outputs.bank?.Name).toMatch(/^bank-Events-[A-Z0-9]{12}$/);
    expect(outputs.bank?.Url).toBe(`https://sqs.us-east-1.amazonaws.com/000000000000/${outputs.bank?.Name}`);
    expect(warnings).toEqual([]);
  });

  test('of a kind that is not served stop the start', async () => {
    await expect(read({ Events: resource('SQS::Queue', { FifoQueue: 'true' }) })).rejects.toThrow(
      'resource Events: FIFO',
    );
  });
});

describe('topics', () => {
  test('and their subscriptions name one another by ARN', async () => {
    const { topics, subscriptions, warnings } = await read({
      Alerts: resource('SNS::Topic', { TopicName: 'alerts' }),
      Queue: resource('SQS::Queue', { QueueName: 'q' }),
      ToQueue: resource('SNS::Subscription', {
        TopicArn: { Ref: 'Alerts' },
        Protocol: 'sqs',
        Endpoint: attribute('Queue', 'Arn'),
        RawMessageDelivery: 'true',
      }),
      Policy: resource('SNS::TopicPolicy'),
    });
    const topicArn = arn('sns', 'alerts');
    expect(topics).toEqual([{ name: 'alerts', arn: topicArn }]);
    expect(subscriptions).toEqual([{ topicArn, protocol: 'sqs', endpoint: arn('sqs', 'q'), rawDelivery: true }]);
    expect(warnings).toEqual([]);
  });

  test('of a kind that is not served stop the start', async () => {
    await expect(read({ T: resource('SNS::Topic', { FifoTopic: true }) })).rejects.toThrow('resource T: FIFO');
    const Properties = { TopicArn: 'a', Protocol: 'sqs', Endpoint: 'b', FilterPolicy: {} };
    await expect(read({ S: resource('SNS::Subscription', Properties) })).rejects.toThrow('resource S: filter');
  });
});

test('buckets have their versions and locks', async () => {
  const lock = (retention: object) => ({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: retention } },
  });
  const { buckets, outputs, warnings } = await read(
    {
      Plain: resource('S3::Bucket'),
      Versions: resource('S3::Bucket', { BucketName: 'versions', VersioningConfiguration: { Status: 'Enabled' } }),
      Seals: resource('S3::Bucket', { BucketName: 'seals', ...lock({ Mode: 'COMPLIANCE', Years: '7' }) }),
      Days: resource('S3::Bucket', { BucketName: 'days', ...lock({ Mode: 'GOVERNANCE', Days: 30 }) }),
      Policy: resource('S3::BucketPolicy'),
      Empty: { Type: 'Custom::S3AutoDeleteObjects' },
    },
    { Arn: { Value: attribute('Seals', 'Arn') }, Host: { Value: attribute('Seals', 'RegionalDomainName') } },
  );
  expect(buckets).toEqual([
    { name: expect.stringMatching(/^bank-plain-[a-z0-9]{12}$/), versioning: false, objectLock: false },
    { name: 'versions', versioning: true, objectLock: false },
    { name: 'seals', versioning: true, objectLock: true, defaultRetention: { mode: 'COMPLIANCE', days: 2_555 } },
    { name: 'days', versioning: true, objectLock: true, defaultRetention: { mode: 'GOVERNANCE', days: 30 } },
  ]);
  expect(outputs.bank).toEqual({ Arn: 'arn:aws:s3:::seals', Host: 'seals.s3.us-east-1.amazonaws.com' });
  expect(warnings).toEqual([]);
});

describe('event sources', () => {
  const mapping = (changes: Record<string, unknown> = {}) => ({
    Events: resource('SQS::Queue', { QueueName: 'events' }),
    Worker: functionResource({ FunctionName: 'worker' }),
    Mapping: resource('Lambda::EventSourceMapping', {
      EventSourceArn: attribute('Events', 'Arn'),
      FunctionName: attribute('Worker', 'Arn'),
      ...changes,
    }),
  });

  test('have Lambda’s defaults', async () => {
    const { eventSources, warnings } = await read(mapping());
    expect(eventSources).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        queueArn: arn('sqs', 'events'),
        functionName: 'worker',
        batchSize: 10,
        windowSeconds: 0,
        reportsItemFailures: false,
        enabled: true,
      },
    ]);
    expect(warnings).toEqual([]);
  });

  test('have what the template says', async () => {
    const { eventSources } = await read(
      mapping({
        BatchSize: '100',
        MaximumBatchingWindowInSeconds: 2,
        ScalingConfig: { MaximumConcurrency: 4 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        Enabled: false,
      }),
    );
    expect(eventSources).toMatchObject([
      { batchSize: 100, windowSeconds: 2, maximumConcurrency: 4, reportsItemFailures: true, enabled: false },
    ]);
  });

  test.each([
    ['of a stream', { EventSourceArn: arn('kinesis', 'stream/x') }, 'only queues'],
    ['with a filter', { FilterCriteria: {} }, 'filters'],
    ['of large batches without a window', { BatchSize: 11 }, 'MaximumBatchingWindowInSeconds'],
  ])('%s stop the start', async (_name, change, message) => {
    await expect(read(mapping(change))).rejects.toThrow(message);
  });
});

describe('schedules', () => {
  const target = { Arn: attribute('Relay', 'Arn'), RoleArn: 'arn:role' };
  const withSchedule = (Properties: Record<string, unknown>) => ({
    Relay: functionResource({ FunctionName: 'relay' }),
    Group: resource('Scheduler::ScheduleGroup', { Name: 'bank' }),
    Schedule: resource('Scheduler::Schedule', {
      Name: 'relay-events',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'rate(1 minute)',
      Target: target,
      ...Properties,
    }),
  });

  test('have Scheduler’s defaults', async () => {
    const { schedules, warnings } = await read(withSchedule({}));
    expect(schedules).toEqual([
      {
        name: 'relay-events',
        groupName: 'default',
        arn: arn('scheduler', 'schedule/default/relay-events'),
        expression: 'rate(1 minute)',
        timezone: 'UTC',
        enabled: true,
        target: {
          functionArn: arn('lambda', 'function:relay'),
          roleArn: 'arn:role',
          maximumRetryAttempts: 185,
          maximumEventAgeInSeconds: 86_400,
        },
      },
    ]);
    expect(warnings).toEqual([]);
  });

  test('have what the template says', async () => {
    const { schedules } = await read(
      withSchedule({
        GroupName: { Ref: 'Group' },
        Description: 'Relays',
        ScheduleExpression: 'cron(0 2 * * ? *)',
        ScheduleExpressionTimezone: 'America/New_York',
        State: 'DISABLED',
        StartDate: '2026-01-01T00:00:00Z',
        EndDate: '2027-01-01T00:00:00+01:00',
        Target: {
          ...target,
          Input: '{"name":"<aws.scheduler.schedule-arn>"}',
          RetryPolicy: { MaximumRetryAttempts: '2', MaximumEventAgeInSeconds: 60 },
          DeadLetterConfig: { Arn: arn('sqs', 'dead') },
        },
      }),
    );
    expect(schedules).toMatchObject([
      {
        groupName: 'bank',
        arn: arn('scheduler', 'schedule/bank/relay-events'),
        description: 'Relays',
        timezone: 'America/New_York',
        enabled: false,
        startDate: new Date('2026-01-01T00:00:00Z'),
        endDate: new Date('2026-12-31T23:00:00Z'),
        target: {
          input: '{"name":"<aws.scheduler.schedule-arn>"}',
          maximumRetryAttempts: 2,
          maximumEventAgeInSeconds: 60,
          deadLetterArn: arn('sqs', 'dead'),
        },
      },
    ]);
  });

  test.each([
    ['an expression that is none', { ScheduleExpression: 'hourly' }, 'resource Schedule: hourly is neither'],
    ['a time zone that is none', { ScheduleExpressionTimezone: 'Mars/Olympus' }, 'Mars/Olympus'],
    ['a target that is no function', { Target: { ...target, Arn: arn('sqs', 'q') } }, 'only functions'],
  ])('with %s stop the start', async (_name, change, message) => {
    await expect(read(withSchedule(change))).rejects.toThrow(message);
  });
});
