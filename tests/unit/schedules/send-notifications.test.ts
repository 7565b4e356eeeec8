import { randomUUID } from 'node:crypto';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { lambdaContext } from '../support/events.ts';
import { captureLogs } from '../support/logs.ts';
import { claimed, topics } from '../support/notifications.ts';

const [database, sns, ses] = [mockClient(RDSDataClient), mockClient(SNSClient), mockClient(SESv2Client)];

beforeEach(() => {
  database.reset();
  sns.reset();
  ses.reset();
  vi.resetModules();
  vi.unstubAllEnvs();
  const environment = {
    AWS_REGION: 'us-east-1',
    DATABASE_CLUSTER_ARN: 'cluster',
    DATABASE_SECRET_ARN: 'secret',
    DATABASE_NAME: 'bank',
    NOTIFICATION_TOPICS: JSON.stringify(topics),
    EMAIL_SENDER: 'bank@bank.example',
  };
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
});

/** The database hands out these batches, one with each claim, then nothing. */
function databaseHas(...batches: { abandoned?: number; notifications: object[] }[]): void {
  const waiting = [...batches];
  database.on(ExecuteStatementCommand).callsFake(({ sql }: { sql: string }) => {
    const answer = sql.includes('claim_notifications')
      ? { abandoned: 0, notifications: [], ...waiting.shift() }
      : { marked: 1 };
    return { records: [[{ stringValue: JSON.stringify(answer) }]] };
  });
}

const some = (count: number) => Array.from({ length: count }, () => claimed('large-debit', {}, { id: randomUUID() }));

async function run(remaining = 60_000) {
  const { handler } = await import('../../../lambdas/schedules/send-notifications.ts');
  const context = { ...lambdaContext(), getRemainingTimeInMillis: () => remaining };
  return handler({ scheduledTime: '2026-02-03T04:05:00Z', name: 'send-notifications' }, context);
}

const claims = () =>
  database
    .commandCalls(ExecuteStatementCommand)
    .filter(call => call.args[0].input.sql?.includes('claim_notifications'));

/** What the metrics in a log come to. */
function countsIn(log: string): Record<string, number> {
  const metrics = log.split('\n').flatMap(line => (line.includes('"CloudWatchMetrics"') ? [JSON.parse(line)] : []));
  const names = ['NotificationsSent', 'NotificationsFailed', 'NotificationsAbandoned'];
  const total = (name: string) => metrics.flatMap(metric => metric[name] ?? []).reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(names.map(name => [name, total(name)]));
}

test('what is due goes out batch by batch until nothing is left, and is counted', async () => {
  const log = captureLogs();
  databaseHas({ notifications: some(50) }, { notifications: some(50) }, { notifications: some(3), abandoned: 1 });
  expect(await run()).toEqual({ sent: 103, failed: 0, abandoned: 1, errors: {} });
  expect(ses.commandCalls(SendEmailCommand)).toHaveLength(103);
  expect(claims()).toHaveLength(3);
  expect(countsIn(log())).toEqual({ NotificationsSent: 103, NotificationsFailed: 0, NotificationsAbandoned: 1 });
});

test('no other batch is begun when too little time is left, or when nothing of one went out', async () => {
  captureLogs();
  databaseHas({ notifications: some(50) }, { notifications: some(50) });
  expect(await run(15_000)).toMatchObject({ sent: 50 });
  expect(claims()).toHaveLength(1);
  sns.on(PublishCommand).rejects(Object.assign(new Error('no'), { name: 'NotFoundException' }));
  expect(await run()).toMatchObject({ sent: 0, failed: 50, errors: { NotFoundException: 50 } });
  expect(claims()).toHaveLength(2);
});

test('neither names nor addresses reach the log, whatever fails', async () => {
  const log = captureLogs();
  databaseHas({ notifications: some(2) });
  ses
    .on(SendEmailCommand)
    .rejectsOnce(
      Object.assign(new Error('Email address is not verified: ada@customers.example'), { name: 'MessageRejected' }),
    );
  expect(await run()).toMatchObject({ sent: 1, failed: 1, errors: { MessageRejected: 1 } });
  expect(log()).toContain('MessageRejected');
  expect(log()).not.toMatch(/Ada|ada@/);
});

test('a database that says no fails the run, after what went out before was counted', async () => {
  const log = captureLogs();
  let claimedBefore = false;
  database.on(ExecuteStatementCommand).callsFake(({ sql }: { sql: string }) => {
    if (sql.includes('claim_notifications') && claimedBefore) {
      throw new Error('permission denied');
    }
    claimedBefore = true;
    return { records: [[{ stringValue: JSON.stringify({ abandoned: 0, notifications: some(50), marked: 50 }) }]] };
  });
  await expect(run()).rejects.toThrow('permission denied');
  expect(countsIn(log())).toMatchObject({ NotificationsSent: 50 });
});
