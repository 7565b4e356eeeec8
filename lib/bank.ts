import type { App } from 'aws-cdk-lib';
import type { StageConfig } from './config.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { AuthStack } from './stacks/auth-stack.ts';
import { DataStack } from './stacks/data-stack.ts';

/** The stacks of one stage, in the order in which they deploy. */
interface Bank {
  readonly data: DataStack;
  readonly auth: AuthStack;
  readonly api: ApiStack;
}

/** Adds a stage's whole bank to an app. The API comes last: its functions need the migrated database and the user pool. */
export function addBank(app: App, config: StageConfig): Bank {
  const data = new DataStack(app, config);
  const auth = new AuthStack(app, config);
  const api = new ApiStack(app, config, { auth, database: data.database, vault: data.vault });
  api.addStackDependency(data);
  return { data, auth, api };
}
