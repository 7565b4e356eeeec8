import * as z from 'zod';
import { type ResolvedAssembly, resolveAssembly } from '../../local/assembly/resolved-assembly.ts';
import { runsPerDay } from './runs-per-day.ts';

/** What a stage's templates ask AWS for, as far as it is billed. */
export interface Inventory {
  functions: number;
  /** GB of memory of the functions of the API, of the workers, and of the schedules. */
  memory: { api: number; workers: number; schedules: number };
  /** GB of memory times environments that are kept warm. */
  provisionedGigabytes: number;
  queueConsumers: number;
  /** Runs of all schedules in a day. */
  scheduledRuns: number;
  signingsPerDay: number;
  keys: number;
  secrets: number;
  alarms: number;
  compositeAlarms: number;
  dashboards: number;
  logDays: number;
  webAcls: number;
  webAclRules: number;
  distributions: number;
  database: { minimumAcu: number; maximumAcu: number; instances: number; backupDays: number };
}

const functionProperties = z.object({ MemorySize: z.number().default(128) });
const aliasProperties = z.object({
  ProvisionedConcurrencyConfig: z.object({ ProvisionedConcurrentExecutions: z.number() }).optional(),
});
const scheduleProperties = z.object({ Name: z.string(), ScheduleExpression: z.string() });
const logGroupProperties = z.object({ RetentionInDays: z.number().default(3653) });
const webAclProperties = z.object({ Rules: z.array(z.unknown()).default([]) });
const clusterProperties = z.object({
  BackupRetentionPeriod: z.number().default(1),
  ServerlessV2ScalingConfiguration: z.object({ MinCapacity: z.number(), MaxCapacity: z.number() }),
});

/** Reads a synthesised stage. */
export function readInventory(folder: string): Inventory {
  const assembly = resolveAssembly(folder);
  const count = (type: string) => assembly.ofType(type).length;
  const schedules = assembly.ofType('AWS::Scheduler::Schedule').map(each => each.read(scheduleProperties));
  const webAcls = assembly.ofType('AWS::WAFv2::WebACL').map(each => each.read(webAclProperties));
  return {
    functions: count('AWS::Lambda::Function'),
    memory: {
      api: largestMemory(assembly, 'api'),
      workers: largestMemory(assembly, 'workers'),
      schedules: largestMemory(assembly, 'schedules'),
    },
    provisionedGigabytes: provisionedGigabytes(assembly),
    queueConsumers: count('AWS::Lambda::EventSourceMapping'),
    scheduledRuns: sum(schedules.map(each => runsPerDay(each.ScheduleExpression))),
    signingsPerDay: sum(
      schedules.filter(({ Name }) => Name.endsWith('seal-audit')).map(each => runsPerDay(each.ScheduleExpression)),
    ),
    keys: count('AWS::KMS::Key'),
    secrets: count('AWS::SecretsManager::Secret'),
    alarms: count('AWS::CloudWatch::Alarm'),
    compositeAlarms: count('AWS::CloudWatch::CompositeAlarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
    logDays: Math.max(
      ...assembly.ofType('AWS::Logs::LogGroup').map(each => each.read(logGroupProperties).RetentionInDays),
    ),
    webAcls: webAcls.length,
    webAclRules: sum(webAcls.map(({ Rules }) => Rules.length)),
    distributions: count('AWS::CloudFront::Distribution'),
    database: databaseOf(assembly),
  };
}

function databaseOf(assembly: ResolvedAssembly): Inventory['database'] {
  const [cluster, another] = assembly.ofType('AWS::RDS::DBCluster').map(each => each.read(clusterProperties));
  if (!cluster || another) {
    throw new Error('The estimate is for a stage with one database cluster');
  }
  return {
    minimumAcu: cluster.ServerlessV2ScalingConfiguration.MinCapacity,
    maximumAcu: cluster.ServerlessV2ScalingConfiguration.MaxCapacity,
    instances: assembly.ofType('AWS::RDS::DBInstance').length,
    backupDays: cluster.BackupRetentionPeriod,
  };
}

function largestMemory(assembly: ResolvedAssembly, part: string): number {
  const functions = assembly.ofType('AWS::Lambda::Function').filter(({ stack }) => stack.endsWith(`-${part}`));
  return Math.max(...functions.map(each => each.read(functionProperties).MemorySize)) / 1024;
}

/** An alias keeps environments of its function warm; all functions of a stack have the memory of its largest here. */
function provisionedGigabytes(assembly: ResolvedAssembly): number {
  return sum(
    assembly.ofType('AWS::Lambda::Alias').map(alias => {
      const { ProvisionedConcurrencyConfig: kept } = alias.read(aliasProperties);
      const part = alias.stack.slice(alias.stack.lastIndexOf('-') + 1);
      return kept ? kept.ProvisionedConcurrentExecutions * largestMemory(assembly, part) : 0;
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
