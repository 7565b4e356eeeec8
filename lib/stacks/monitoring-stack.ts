import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { ApiAlarms } from '../constructs/api-alarms.ts';
import { BankDashboard } from '../constructs/dashboard/bank-dashboard.ts';
import { DatabaseAlarms } from '../constructs/database-alarms.ts';
import { LogQueries } from '../constructs/log-queries.ts';
import { WorkAlarms } from '../constructs/work-alarms.ts';
import type { ApiStack } from './api-stack.ts';
import { BankStack } from './bank-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';
import type { SchedulesStack } from './schedules-stack.ts';

interface MonitoringStackDependencies {
  readonly data: DataStack;
  readonly messaging: MessagingStack;
  readonly schedules: SchedulesStack;
  readonly api: ApiStack;
}

/**
 * What shows how the bank is: one dashboard, saved queries of the logs, and the alarms that are about no single queue, function or
 * schedule; those stand beside what they watch. It takes no name of a function from another stack, for that would keep the
 * function from ever being removed.
 */
export class MonitoringStack extends BankStack {
  constructor(scope: Construct, config: StageConfig, dependencies: MonitoringStackDependencies) {
    super(scope, 'monitoring', { config, description: 'the dashboard, saved queries and alarms' });
    const { data, messaging, schedules, api } = dependencies;
    const { alarms, events, work } = messaging;
    const { cluster } = data.database;
    new ApiAlarms(this, 'ApiAlarms', { api: api.api, alarms });
    new DatabaseAlarms(this, 'DatabaseAlarms', { config, cluster, alarms });
    new WorkAlarms(this, 'WorkAlarms', { alarms });
    new BankDashboard(this, 'Dashboard', {
      stage: config.stage,
      api: api.api,
      cluster,
      queues: { events: events.queue, work: work.queue },
      deadLetters: { events: events.deadLetters, work: work.deadLetters, schedules: schedules.deadLetters },
    });
    new LogQueries(this, 'LogQueries', { stage: config.stage, app: scope });
  }
}
