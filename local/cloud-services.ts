import { join } from 'node:path';
import type { CloudAssembly } from './assembly/assembly.ts';
import { attachedSecrets } from './attached-secrets.ts';
import type { CloudOptions } from './cloud.ts';
import { clusterConnections } from './cluster-connections.ts';
import { type LocalCognito, startCognito } from './cognito/start-cognito.ts';
import { startDataApi } from './data-api/index.ts';
import { functionOutcome } from './function-outcome.ts';
import { startKms } from './kms/start-kms.ts';
import { startInvokeEndpoint } from './lambda/invoke-endpoint.ts';
import type { LambdaHost } from './lambda/lambda-host.ts';
import { openOutbox } from './outbox/outbox.ts';
import { type Restartable, restartable } from './restartable.ts';
import { startS3 } from './s3/start-s3.ts';
import { startSchedulerEndpoint } from './scheduler/start-scheduler-endpoint.ts';
import { startSecretsManager } from './secrets-manager/secrets-manager.ts';
import { startSes } from './ses/start-ses.ts';
import type { PublishedAttributes } from './sns/publication.ts';
import { startSns } from './sns/start-sns.ts';
import { startSqs } from './sqs/start-sqs.ts';

/** Has a part closed before those that were started ahead of it. */
export type Started = <Part extends { close(): Promise<unknown> }>(starting: Promise<Part> | Part) => Promise<Part>;

export interface CloudServices {
  cognito: LocalCognito;
  /** SDK service id → URL. */
  urls: Record<string, string>;
  /** Those that can be taken away for a while, by SDK service id. */
  restartable: Record<string, Restartable>;
}

export interface ServiceSurroundings {
  assembly: CloudAssembly;
  options: CloudOptions;
  started: Started;
  log(line: string): void;
  /** The functions' host, which needs the services' addresses first. */
  host: Promise<LambdaHost>;
  /** Sends a message to a queue of this ARN. */
  sendToQueue(queueArn: string, body: string, attributes: PublishedAttributes): Promise<void>;
}

/** Starts every service that answers the AWS SDK. */
export async function startServices(around: ServiceSurroundings): Promise<CloudServices> {
  const { assembly, options, started, log, host } = around;
  const { home, databaseUrl } = options;
  const logAs = (service: string) => (line: string) => log(`${service} ${line}`);

  const secrets = await started(
    startSecretsManager({
      directory: join(home, 'secrets-manager'),
      secrets: attachedSecrets(assembly, databaseUrl),
      ...(options.generatePassword && { generatePassword: options.generatePassword }),
      log: logAs('secrets-manager'),
    }),
  );
  const cognito = await started(
    startCognito({
      directory: join(home, 'cognito'),
      pools: assembly.userPools,
      onMessage: ({ to, code }) => log(`cognito to ${to}: ${code}`),
      onTrigger: async (functionName, event) => functionOutcome(await (await host).invoke(functionName, event)),
    }),
  );
  const dataApi = await started(
    startDataApi({
      connect: clusterConnections(assembly.databaseClusters, secrets, databaseUrl),
      log: logAs('data-api'),
      ...(options.onDataApiCall && { onCall: options.onDataApiCall }),
    }),
  );
  const kms = await started(
    startKms({
      directory: join(home, 'kms'),
      keys: assembly.kmsKeys,
      aliases: assembly.kmsAliases,
      log: logAs('kms'),
    }),
  );
  const lambda = await started(startInvokeEndpoint(async (...call) => (await host).invokeJson(...call)));
  const scheduler = await started(startSchedulerEndpoint(assembly.schedules, { log: logAs('scheduler') }));
  const messaging = await startMessaging(around, logAs);

  return {
    cognito,
    restartable: messaging,
    urls: {
      'cognito-identity-provider': cognito.url,
      kms: kms.url,
      lambda: lambda.url,
      'rds-data': dataApi.url,
      scheduler: scheduler.url,
      'secrets-manager': secrets.url,
      ...Object.fromEntries(Object.entries(messaging).map(([service, { url }]) => [service, url])),
    },
  };
}

/** Queues, topics, buckets and email. */
async function startMessaging(
  { assembly, options, started, host, sendToQueue }: ServiceSurroundings,
  logAs: (service: string) => (line: string) => void,
): Promise<Record<string, Restartable>> {
  const { home } = options;
  const outbox = openOutbox(join(home, 'outbox'), options.onNotification);
  const open = {
    sqs: (port: number) => startSqs({ port, directory: join(home, 'sqs'), queues: assembly.queues, log: logAs('sqs') }),
    sns: (port: number) =>
      startSns({
        port,
        directory: join(home, 'sns'),
        topics: assembly.topics,
        subscriptions: assembly.subscriptions,
        onPublish: ({ topicName, emails, subject, message }) =>
          outbox.deliver({ kind: 'sns', topic: topicName, to: emails, subject, body: message }),
        toQueue: sendToQueue,
        toFunction: async (functionArn, event) => {
          await (await host).invoke(functionArn, event, { type: 'Event' });
        },
        log: logAs('sns'),
      }),
    s3: (port: number) => startS3({ port, directory: join(home, 's3'), buckets: assembly.buckets, log: logAs('s3') }),
    sesv2: (port: number) =>
      startSes({ port, onEmail: email => outbox.deliver({ kind: 'email', ...email }), log: logAs('sesv2') }),
  };
  const running: Record<string, Restartable> = {};
  for (const [service, start] of Object.entries(open)) running[service] = await started(restartable(start));
  return running;
}
