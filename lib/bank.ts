import type { App } from 'aws-cdk-lib';
import { hasEdge, type StageConfig } from './config.ts';
import { watchFunctions } from './constructs/function-alarms.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { AuthStack } from './stacks/auth-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { MessagingStack } from './stacks/messaging-stack.ts';
import { MonitoringStack } from './stacks/monitoring-stack.ts';
import { SchedulesStack } from './stacks/schedules-stack.ts';
import { WorkersStack } from './stacks/workers-stack.ts';

/** The stacks of one stage, in the order in which they deploy. */
interface Bank {
  readonly data: DataStack;
  readonly auth: AuthStack;
  readonly messaging: MessagingStack;
  readonly workers: WorkersStack;
  readonly schedules: SchedulesStack;
  readonly api: ApiStack;
  readonly monitoring: MonitoringStack;
  /** Where requests come by CloudFront. */
  readonly edge?: EdgeStack;
}

/**
 * Adds a stage's whole bank to an app. Whatever has functions that use the database waits for the migrated one; the API
 * comes last but for what watches all of them, when there is somebody to work on what its calls leave behind.
 */
export function addBank(app: App, config: StageConfig): Bank {
  const data = new DataStack(app, config);
  const auth = new AuthStack(app, config);
  const messaging = new MessagingStack(app, config);
  const workers = new WorkersStack(app, config, { database: data.database, messaging });
  const schedules = new SchedulesStack(app, config, { data, messaging });
  const api = new ApiStack(app, config, { auth, data, messaging });
  for (const stack of [workers, schedules, api]) {
    stack.addStackDependency(data);
  }
  for (const stack of [workers, schedules]) {
    api.addStackDependency(stack);
  }
  for (const stack of [data, auth, workers, schedules, api]) {
    watchFunctions(stack, messaging.alarms);
  }
  const monitoring = new MonitoringStack(app, config, { data, messaging, schedules, api });
  const edge = hasEdge(config) && { edge: new EdgeStack(app, config, { api }) };
  return { data, auth, messaging, workers, schedules, api, monitoring, ...edge };
}
