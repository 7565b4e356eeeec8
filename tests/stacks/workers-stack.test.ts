import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { environmentOf, synthesisedBank } from './synthesised-bank.ts';

const { workers } = synthesisedBank('dev');

/** A function of a stage's workers, with what it takes from. */
function workerOf(stack: typeof workers, name: string) {
  const [id, definition] =
    Object.entries(stack.named('AWS::Lambda::Function')).find(([key]) => key.startsWith(name)) ?? [];
  const alias = Object.keys(stack.named('AWS::Lambda::Alias')).find(key => key.startsWith(`${name}Live`));
  const source = stack
    .all('AWS::Lambda::EventSourceMapping')
    .find(({ Properties }) =>
      [id, alias].some(called => JSON.stringify(Properties.FunctionName).includes(`{"Ref":"${called}"}`)),
    );
  return { id, definition, source: source?.Properties };
}

const { id: workerId, definition: worker, source: events } = workerOf(workers, 'EventWorker');

describe('the worker on events', () => {
  test('takes up to twenty-five from the event queue at once, after a second at most, and tells which of them failed', () => {
    expect(events).toMatchObject({
      EventSourceArn: { 'Fn::ImportValue': expect.stringContaining('ExportsOutputFnGetAttEventQueue') },
      FunctionName: { Ref: workerId },
      BatchSize: 25,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test.each(stageNames)('works on as many batches at once as %s says', name => {
    expect(workerOf(synthesisedBank(name).workers, 'EventWorker').source?.ScalingConfig).toEqual({
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
      environmentOf(workerOf(synthesisedBank(stage).workers, 'EventWorker').definition).EMAIL_SENDER;
    expect(sender('local')).toBe('bank@demo.example');
    expect(sender('prod')).toBe('');
  });
});

describe('the worker on jobs', () => {
  const { id, definition, source } = workerOf(workers, 'JobWorker');

  test('takes one part at a time from the work queue, and tells whether it failed', () => {
    expect(source).toMatchObject({
      EventSourceArn: { 'Fn::ImportValue': expect.stringContaining('ExportsOutputFnGetAttWorkQueue') },
      FunctionName: { Ref: id },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test.each(stageNames)('works on as many parts at once as %s says', name => {
    expect(workerOf(synthesisedBank(name).workers, 'JobWorker').source?.ScalingConfig).toEqual({
      MaximumConcurrency: stageConfig(name).jobConcurrency,
    });
  });

  test('is given the login of the workers and the queue that it may hand work on to', () => {
    const variables = environmentOf(definition);
    expect(variables.DATABASE_SECRET_ARN).toEqual({ 'Fn::ImportValue': expect.stringContaining('workersLoginSecret') });
    expect(variables.WORK_QUEUE_URL).toEqual({ 'Fn::ImportValue': expect.stringContaining('WorkQueue') });
  });
});
