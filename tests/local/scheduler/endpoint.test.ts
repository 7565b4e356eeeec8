import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { expect, onTestFinished, test } from 'vitest';
import { findSchedule } from '../../../local/scheduler/find-schedule.ts';
import { startSchedulerEndpoint } from '../../../local/scheduler/start-scheduler-endpoint.ts';
import { schedule } from './support.ts';

const seal = schedule(
  {
    name: 'bank-seal-audit',
    groupName: 'bank',
    description: 'Seals the audit',
    expression: 'cron(0/5 * * * ? *)',
    timezone: 'America/New_York',
    enabled: false,
    startDate: new Date('2026-01-01T00:00:00Z'),
    endDate: new Date('2027-01-01T00:00:00Z'),
  },
  { input: '{"n":1}', maximumRetryAttempts: 3, deadLetterArn: 'arn:aws:sqs:us-east-1:000000000000:dead' },
);

async function serve() {
  const endpoint = await startSchedulerEndpoint([schedule({ name: 'bank-relay-events' }), seal]);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SchedulerClient({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await endpoint.close();
  });
  return client;
}

test('a schedule is told as it is in the template', async () => {
  const client = await serve();
  const found = await client.send(new GetScheduleCommand({ Name: seal.name, GroupName: 'bank' }));
  expect(found).toMatchObject({
    Arn: seal.arn,
    Name: 'bank-seal-audit',
    GroupName: 'bank',
    Description: 'Seals the audit',
    ScheduleExpression: 'cron(0/5 * * * ? *)',
    ScheduleExpressionTimezone: 'America/New_York',
    State: 'DISABLED',
    StartDate: seal.startDate,
    EndDate: seal.endDate,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: seal.target.functionArn,
      RoleArn: seal.target.roleArn,
      Input: '{"n":1}',
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 86_400 },
      DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' },
    },
  });
});

test('a schedule that is not there, or in another group, is refused', async () => {
  const client = await serve();
  for (const input of [{ Name: 'lost' }, { Name: seal.name }]) {
    const call = client.send(new GetScheduleCommand(input));
    await expect(call).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  }
});

test('schedules are listed by name, group and state, page by page', async () => {
  const client = await serve();
  const list = async (input: object) => {
    const { Schedules = [], NextToken } = await client.send(new ListSchedulesCommand(input));
    return { names: Schedules.map(({ Name }) => Name), NextToken };
  };
  const both = ['bank-relay-events', 'bank-seal-audit'];
  expect((await list({})).names).toEqual(both);
  expect((await list({ NamePrefix: 'bank-r' })).names).toEqual([both[0]]);
  expect((await list({ GroupName: 'bank' })).names).toEqual([both[1]]);
  expect((await list({ State: 'ENABLED' })).names).toEqual([both[0]]);
  const first = await list({ MaxResults: 1 });
  expect(first.names).toEqual([both[0]]);
  expect(await list({ MaxResults: 1, NextToken: first.NextToken })).toEqual({ names: [both[1]], NextToken: undefined });
  await expect(list({ MaxResults: 101 })).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a schedule is found by its name or its end, when that means one', () => {
  const schedules = ['bank-dev-relay', 'bank-dev-late-relay', 'bank-dev-seal'].map(name => ({ name }));
  expect(findSchedule(schedules, 'bank-dev-relay').name).toBe('bank-dev-relay');
  expect(findSchedule(schedules, 'seal').name).toBe('bank-dev-seal');
  expect(() => findSchedule(schedules, 'relay')).toThrow('bank-dev-relay or bank-dev-late-relay');
  expect(() => findSchedule(schedules, 'eal')).toThrow('There is no schedule eal');
});
