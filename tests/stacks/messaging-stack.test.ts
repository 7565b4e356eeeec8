import { App, Duration, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { notificationKinds } from '../../lambdas/domain/notifications/kinds.ts';
import { stageConfig } from '../../lib/config.ts';
import { AlarmTopic } from '../../lib/constructs/alarm-topic.ts';
import { BankFunction } from '../../lib/constructs/bank-function.ts';
import { QueueConsumer } from '../../lib/constructs/queue-consumer.ts';
import { keyOf, usersOf } from './keys.ts';
import { synthesisedBank } from './synthesised-bank.ts';

const { messaging: dev, workers } = synthesisedBank('dev');
const queues = Object.entries(dev.named('AWS::SQS::Queue'));
const [queueId, queue] = queues.find(([id]) => id.startsWith('EventQueue')) ?? [];
const [deadLettersId, deadLetters] = queues.find(([id]) => id.startsWith('EventDeadLetters')) ?? [];

describe('the event queue', () => {
  test('hands a message out again only when six times the time of its consumer are over', () => {
    const [worker] = workers.all('AWS::Lambda::Function');
    expect(queue?.Properties.VisibilityTimeout).toBe(6 * Number(worker?.Properties.Timeout));
  });

  test('gives a message up after five tries, to a queue that keeps it for 14 days', () => {
    expect(queue?.Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [deadLettersId, 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(deadLetters?.Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
  });

  test('raises an alarm at the first message that was given up', () => {
    const [, alarm] =
      Object.entries(dev.named('AWS::CloudWatch::Alarm')).find(([id]) => id.startsWith('EventDeadLetters')) ?? [];
    expect(alarm?.Properties).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [deadLettersId, 'QueueName'] } }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
  });

  test('and its dead letters are encrypted by one key, that works through SQS alone', () => {
    const key = keyOf(dev, 'countinghouse/dev/event-queue');
    for (const definition of [queue, deadLetters]) {
      expect(definition?.Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
    }
    expect(usersOf(key)).toEqual({ 'kms:Decrypt': ['whom IAM lets'], 'kms:GenerateDataKey': ['whom IAM lets'] });
    expect(key.using.map(({ Condition }) => JSON.stringify(Condition))).toEqual([
      '{"StringEquals":{"kms:ViaService":{"Fn::Join":["",["sqs.",{"Ref":"AWS::Region"},".amazonaws.com"]]}}}',
    ]);
  });

  test("tells an operator's commands where it is, and where its dead letters are", () => {
    expect(dev.outputs()).toEqual({
      AlarmTopicArn: { Ref: expect.stringMatching(/^Alarms/) },
      EventQueueUrl: { Ref: queueId },
      EventDeadLetterQueueUrl: { Ref: deadLettersId },
      WorkQueueUrl: { Ref: expect.stringMatching(/^WorkQueue/) },
      WorkDeadLetterQueueUrl: { Ref: expect.stringMatching(/^WorkDeadLetters/) },
    });
  });
});

describe('the work queue', () => {
  const [, work] = queues.find(([id]) => id.startsWith('WorkQueue')) ?? [];

  test('hands a message out again only when six times the time of its consumer are over', () => {
    const [, worker] =
      Object.entries(workers.named('AWS::Lambda::Function')).find(([id]) => id.startsWith('JobWorker')) ?? [];
    expect(work?.Properties.VisibilityTimeout).toBe(6 * Number(worker?.Properties.Timeout));
  });

  test('and its dead letters are encrypted by one key, that works through SQS alone', () => {
    const key = keyOf(dev, 'countinghouse/dev/assignment-queue');
    expect(work?.Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
    expect(usersOf(key)).toEqual({ 'kms:Decrypt': ['whom IAM lets'], 'kms:GenerateDataKey': ['whom IAM lets'] });
  });
});

test('a consumer that may take longer than its queue was told is refused', () => {
  const config = stageConfig('local');
  const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'some');
  const events = new QueueConsumer(stack, 'Event', {
    config,
    alarms: new AlarmTopic(stack, 'Alarms', { config }),
    message: 'event',
    urlVariable: 'EVENT_QUEUE_URL',
    consumerTimeout: Duration.seconds(30),
    patience: Duration.minutes(5),
  });
  const handlerOf = (seconds: number) =>
    new BankFunction(stack, `for${seconds}`, {
      config,
      description: 'a test',
      entry: 'lambdas/workers/process-events.ts',
      timeout: Duration.seconds(seconds),
    });
  const options = { batchSize: 1, window: Duration.seconds(0), maxConcurrency: 2 };
  expect(() => events.consume(handlerOf(31), options)).toThrow('some/for31 may take longer than the 30 seconds');
  expect(() => events.consume(handlerOf(30), options)).not.toThrow();
});

describe('the topics', () => {
  test('are one for each kind of notification, and the functions that notify are told which is which', () => {
    const topics = Object.keys(dev.named('AWS::SNS::Topic')).filter(id => id.startsWith('Notifications'));
    expect(topics).toHaveLength(notificationKinds.length);
    for (const kind of notificationKinds) {
      const topic = topics.find(id => id.startsWith(`Notifications${kind.replaceAll('-', '')}`));
      expect(JSON.stringify(workers.json())).toContain(
        `\\"${kind}\\":\\"",{"Fn::ImportValue":"countinghouse-dev-messaging:ExportsOutputRef${topic}`,
      );
    }
  });

  test('are encrypted by a key that works through SNS alone', () => {
    const key = keyOf(dev, 'countinghouse/dev/notifications');
    for (const [id, { Properties }] of Object.entries(dev.named('AWS::SNS::Topic'))) {
      if (id.startsWith('Notifications')) expect(Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
    }
    expect(key.using.map(({ Condition }) => JSON.stringify(Condition))).toEqual([
      '{"StringEquals":{"kms:ViaService":{"Fn::Join":["",["sns.",{"Ref":"AWS::Region"},".amazonaws.com"]]}}}',
    ]);
  });
});
