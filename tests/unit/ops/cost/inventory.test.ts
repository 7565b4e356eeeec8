import { expect, test } from 'vitest';
import { readInventory } from '../../../../ops/cost/inventory.ts';
import { runsPerDay } from '../../../../ops/cost/runs-per-day.ts';
import { temporaryFolder, writeAssembly } from '../../../local/assembly/fixture.ts';

const resource = (Type: string, Properties: Record<string, unknown> = {}) => ({ Type: `AWS::${Type}`, Properties });
const lambda = (MemorySize: number) => resource('Lambda::Function', { MemorySize });

const data = {
  Cluster: resource('RDS::DBCluster', {
    BackupRetentionPeriod: 35,
    ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 64 },
  }),
  Writer: resource('RDS::DBInstance'),
  Reader: resource('RDS::DBInstance'),
  Key: resource('KMS::Key'),
  Secret: resource('SecretsManager::Secret'),
  Logs: resource('Logs::LogGroup', { RetentionInDays: 365 }),
};

async function inventoryOf(stacks: Record<string, Record<string, unknown>>) {
  const parts = Object.entries(stacks).map(([part, Resources]) => [`bank-prod-${part}`, { template: { Resources } }]);
  return readInventory(await writeAssembly(await temporaryFolder(), Object.fromEntries(parts)));
}

test('what a stage is billed for is counted over its stacks', async () => {
  const inventory = await inventoryOf({
    data,
    api: {
      Small: lambda(512),
      Large: lambda(2048),
      Warm: resource('Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 } }),
      Cold: resource('Lambda::Alias'),
      Acl: resource('WAFv2::WebACL', { Rules: [{}, {}] }),
      Distribution: resource('CloudFront::Distribution'),
      Logs: resource('Logs::LogGroup', { RetentionInDays: 30 }),
    },
    workers: { Worker: lambda(1024), Source: resource('Lambda::EventSourceMapping') },
    schedules: {
      Job: lambda(256),
      Seal: resource('Scheduler::Schedule', { Name: 'bank-prod-seal-audit', ScheduleExpression: 'rate(5 minutes)' }),
      Daily: resource('Scheduler::Schedule', { Name: 'bank-prod-daily', ScheduleExpression: 'cron(0 3 * * ? *)' }),
      Alarm: resource('CloudWatch::Alarm'),
    },
  });
  expect(inventory).toEqual({
    functions: 4,
    memory: { api: 2, workers: 1, schedules: 0.25 },
    provisionedGigabytes: 6,
    queueConsumers: 1,
    scheduledRuns: 289,
    signingsPerDay: 288,
    keys: 1,
    secrets: 1,
    alarms: 1,
    compositeAlarms: 0,
    dashboards: 0,
    logDays: 365,
    webAcls: 1,
    webAclRules: 2,
    distributions: 1,
    database: { minimumAcu: 2, maximumAcu: 64, instances: 2, backupDays: 35 },
  });
});

test('a stage without a cluster, or with two, is not priced', async () => {
  await expect(inventoryOf({ data: { Logs: data.Logs } })).rejects.toThrow(/one database cluster/);
  await expect(inventoryOf({ data: { ...data, Another: data.Cluster } })).rejects.toThrow(/one database cluster/);
});

test.each([
  ['rate(1 minute)', 1440],
  ['rate(5 minutes)', 288],
  ['cron(0 * * * ? *)', 24],
  ['cron(30 0 * * ? *)', 1],
  ['cron(0 1 1 * ? *)', 1 / 28],
])('%s runs %d times a day', (expression, runs) => {
  expect(runsPerDay(expression)).toBeCloseTo(runs, 2);
});
