import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Dashboard, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { costWidgets } from './costs.ts';
import { databaseWidgets } from './database.ts';
import { eventWidgets } from './events.ts';
import { functionWidgets } from './functions.ts';
import { moneyWidgets } from './money.ts';
import { nightWidgets } from './nights.ts';
import { trafficWidgets } from './traffic.ts';

/** What the dashboard shows. */
export interface Shown {
  readonly stage: string;
  readonly api: HttpApi;
  readonly cluster: DatabaseCluster;
  readonly queues: Readonly<Record<'events' | 'work', Queue>>;
  readonly deadLetters: Readonly<Record<'events' | 'work' | 'schedules', Queue>>;
}

/** What callers notice comes first, what it costs last. */
const themes: readonly ((shown: Shown) => readonly (readonly IWidget[])[])[] = [
  trafficWidgets,
  moneyWidgets,
  eventWidgets,
  databaseWidgets,
  nightWidgets,
  functionWidgets,
  costWidgets,
];

/** A stage's dashboard: `countinghouse-<stage>`. */
export class BankDashboard extends Dashboard {
  constructor(scope: Construct, id: string, shown: Shown) {
    super(scope, id, { dashboardName: `countinghouse-${shown.stage}` });
    for (const row of themes.flatMap(theme => theme(shown))) {
      this.addWidgets(...row);
    }
  }
}
