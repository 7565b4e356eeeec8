import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { environmentOf, synthesisedBank } from './synthesised-bank.ts';

const { workers } = synthesisedBank('dev');
const [workerId, worker] = Object.entries(workers.named('AWS::Lambda::Function'))[0] ?? [];

describe('the worker on events', () => {
  test('takes up to ten from the event queue at once, after a second at most, and tells which of them failed', () => {
    expect(workers.only('AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
      EventSourceArn: { 'Fn::ImportValue': expect.stringContaining('ExportsOutputFnGetAttEventQueue') },
      FunctionName: { Ref: workerId },
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test.each(stageNames)('works on as many batches at once as %s says', name => {
    expect(synthesisedBank(name).workers.only('AWS::Lambda::EventSourceMapping').Properties.ScalingConfig).toEqual({
      MaximumConcurrency: stageConfig(name).workerConcurrency,
    });
  });

  test('is given the login of the workers, the queue, the topics and the sender', () => {
    const variables = environmentOf(worker);
    expect(Object.keys(variables).toSorted()).toEqual([
      'DATABASE_CLUSTER_ARN',
      'DATABASE_NAME',
      'DATABASE_SECRET_ARN',
      'EMAIL_SENDER',
      'EVENT_QUEUE_URL',
      'NODE_OPTIONS',
      'NOTIFICATION_TOPICS',
      'POWERTOOLS_METRICS_NAMESPACE',
      'POWERTOOLS_SERVICE_NAME',
      'STAGE',
    ]);
    expect(variables.DATABASE_SECRET_ARN).toEqual({ 'Fn::ImportValue': expect.stringContaining('workersLoginSecret') });
  });

  test('mails as the sender of its stage, and as nobody where there is none', () => {
    const sender = (stage: string) =>
      environmentOf(synthesisedBank(stage).workers.only('AWS::Lambda::Function')).EMAIL_SENDER;
    expect(sender('local')).toBe('bank@demo.example');
    expect(sender('prod')).toBe('');
  });
});
