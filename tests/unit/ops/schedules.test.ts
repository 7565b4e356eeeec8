import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { schedulesOf } from '../../../ops/schedules.ts';

const scheduler = mockClient(SchedulerClient);
const lambda = mockClient(LambdaClient);
const dev = { name: 'dev', output: () => '', client: () => ({ region: 'us-east-1' }) };
const answer = (value: unknown) => Buffer.from(JSON.stringify(value)) as never;

beforeEach(() => {
  scheduler.reset();
  lambda.reset();
  scheduler
    .on(ListSchedulesCommand, { NamePrefix: 'countinghouse-dev-' })
    .resolvesOnce({ Schedules: [{ Name: 'countinghouse-dev-relay-events', GroupName: 'bank' }], NextToken: 'more' })
    .resolves({ Schedules: [{ Name: 'countinghouse-dev-seal-audit' }] });
  scheduler.on(GetScheduleCommand, { Name: 'countinghouse-dev-relay-events', GroupName: 'bank' }).resolves({
    Name: 'countinghouse-dev-relay-events',
    Arn: 'arn:schedule',
    Target: {
      Arn: 'arn:function',
      RoleArn: 'arn:role',
      Input: '{"name":"relay-events","by":"<aws.scheduler.schedule-arn>"}',
    },
  });
  scheduler.on(GetScheduleCommand, { Name: 'countinghouse-dev-seal-audit' }).resolves({
    Name: 'countinghouse-dev-seal-audit',
  });
});

describe('the schedules of a stage', () => {
  test('are all of its pages, each with its details', async () => {
    const names = (await schedulesOf(dev).list()).map(({ Name }) => Name);
    expect(names).toEqual(['countinghouse-dev-relay-events', 'countinghouse-dev-seal-audit']);
  });

  test('are fired with their own input, changed, at their own function, and once', async () => {
    lambda.on(InvokeCommand).resolves({ Payload: answer({ relayed: 3 }) });
    expect(await schedulesOf(dev).fire('relay-events', { date: '2026-02-28' })).toEqual({ relayed: 3 });
    const [call] = lambda.commandCalls(InvokeCommand);
    expect(call?.args[0].input.FunctionName).toBe('arn:function');
    expect(JSON.parse(String(call?.args[0].input.Payload))).toEqual({
      name: 'relay-events',
      by: 'arn:schedule',
      date: '2026-02-28',
    });
  });

  test('whose function gives nothing back answer null', async () => {
    lambda.on(InvokeCommand).resolves({});
    expect(await schedulesOf(dev).fire('relay-events', {})).toBeNull();
  });

  test.each([
    ['its words', answer({ errorMessage: 'no such key' }), /countinghouse-dev-relay-events failed: no such key/],
    ['whatever it said', answer(['odd']), /failed: \["odd"\]/],
  ])('whose function fails are told with %s', async (_name, Payload, message) => {
    lambda.on(InvokeCommand).resolves({ FunctionError: 'Unhandled', Payload });
    await expect(schedulesOf(dev).fire('relay-events', {})).rejects.toThrow(message);
  });

  test('that are not there are told', async () => {
    const lost = schedulesOf(dev).fire('hourly', {});
    await expect(lost).rejects.toMatchObject({ name: 'CommandError', message: expect.stringContaining('--list') });
  });

  test('that cannot be read are not taken for missing', async () => {
    scheduler.on(GetScheduleCommand).rejects(new Error('throttled'));
    await expect(schedulesOf(dev).fire('relay-events', {})).rejects.toThrow('throttled');
  });
});
