import { Duration } from 'aws-cdk-lib';
import { type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventSubscription, type DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { Runbook } from '../runbooks.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';

interface DatabaseAlarmsProps {
  readonly config: StageConfig;
  readonly cluster: DatabaseCluster;
  readonly alarms: AlarmTopic;
}

interface Watched {
  readonly says: string;
  readonly runbook: Runbook;
  readonly metric: string;
  readonly threshold: number;
  /** Of how many minutes, and how many of them it must be so. */
  readonly minutes: readonly [of: number, atLeast: number];
}

const tebibyte = 1024 ** 4;

/**
 * What is watched of the ledger's cluster. Its metrics are Aurora's own, each the highest of a minute. What no metric tells, a failover or
 * that something of it broke, RDS itself tells the topic.
 */
export class DatabaseAlarms extends Construct {
  constructor(scope: Construct, id: string, { config, cluster, alarms }: DatabaseAlarmsProps) {
    super(scope, id);
    new CfnEventSubscription(this, 'Events', {
      snsTopicArn: alarms.topicArn,
      sourceType: 'db-cluster',
      sourceIds: [cluster.clusterIdentifier],
      eventCategories: ['failover', 'failure'],
    });
    for (const [name, { says, runbook, metric, threshold, minutes }] of Object.entries(watched(config))) {
      const options: MetricOptions = { period: Duration.minutes(1), statistic: Stats.MAXIMUM };
      const [evaluationPeriods, datapointsToAlarm] = minutes;
      new BankAlarm(this, name, {
        alarms,
        says,
        runbook,
        metric: cluster.metric(metric, options),
        threshold,
        evaluationPeriods,
        datapointsToAlarm,
      });
    }
  }
}

function watched(config: StageConfig): Record<string, Watched> {
  return {
    Capacity: {
      says: `the database has used nearly all its ${config.database.maximumCapacity} capacity units for a quarter of an hour`,
      runbook: 'the-database-is-at-its-capacity',
      metric: 'ACUUtilization',
      threshold: 95,
      minutes: [15, 15],
    },
    Cpu: {
      says: 'the CPU of the database has been busy for a quarter of an hour',
      runbook: 'the-database-is-at-its-capacity',
      metric: 'CPUUtilization',
      threshold: 85,
      minutes: [15, 15],
    },
    Deadlocks: {
      says: 'PostgreSQL ended deadlocks, which the order of locks makes impossible',
      runbook: 'deadlock-spike',
      metric: 'Deadlocks',
      // Deadlocks in a second, on average: one in a minute is 0.0167.
      threshold: 0.01,
      minutes: [5, 2],
    },
    Connections: {
      says: 'four of five connections of the database are taken',
      runbook: 'connections-run-out',
      metric: 'DatabaseConnections',
      threshold: Math.floor(0.8 * mostConnections(config)),
      minutes: [5, 3],
    },
    ...(config.database.readers > 0 && {
      ReaderLag: {
        says: 'a reader is more than a second behind the writer: a failover to it takes longer',
        runbook: 'a-reader-lags',
        metric: 'AuroraReplicaLagMaximum',
        threshold: 1000,
        minutes: [10, 8],
      } satisfies Watched,
    }),
    Volume: {
      says: 'the volume of the database has three quarters of the 128 TiB that it may have',
      runbook: 'the-volume-fills-up',
      metric: 'VolumeBytesUsed',
      threshold: 96 * tebibyte,
      minutes: [60, 1],
    },
    TransactionIds: {
      says: 'half of the transaction ids are used that PostgreSQL has before it must freeze old rows',
      runbook: 'transaction-ids-run-out',
      metric: 'MaximumUsedTransactionIDs',
      threshold: 1_000_000_000,
      minutes: [5, 5],
    },
  };
}

/**
 * How many connections Aurora lets a cluster have: by the memory of its largest capacity, 2 GiB for each unit, and no more than 2000
 * where the smallest is half a unit or less (Aurora User Guide, "Maximum connections for Aurora Serverless v2").
 */
export function mostConnections({ database }: Pick<StageConfig, 'database'>): number {
  const byMemory = Math.floor((database.maximumCapacity * 2 * 1024 ** 3) / 9_531_392);
  return Math.min(byMemory, database.minimumCapacity <= 0.5 ? 2000 : 5000);
}
