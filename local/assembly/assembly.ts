import type { EventSourceDefinition } from '../event-sources/event-source-definition.ts';
import type { KmsAliasDefinition } from '../kms/key-definition.ts';
import type { BucketDefinition } from '../s3/bucket-definition.ts';
import type { ScheduleDefinition } from '../scheduler/schedule-definition.ts';
import type { SubscriptionDefinition, TopicDefinition } from '../sns/topic-definition.ts';
import { missingLocally } from './local-meaning.ts';
import { readBuckets } from './read-buckets.ts';
import { type AssemblyDatabaseCluster, readDatabaseClusters } from './read-database-clusters.ts';
import { readEventSources } from './read-event-sources.ts';
import { type AssemblyFunction, readFunctions } from './read-functions.ts';
import { type AssemblyHttpApi, readHttpApis } from './read-http-apis.ts';
import { type AssemblyKmsKey, readKmsAliases, readKmsKeys } from './read-kms-keys.ts';
import { type AssemblyQueue, readQueues } from './read-queues.ts';
import { readSchedules } from './read-schedules.ts';
import { type AssemblySecret, readSecrets } from './read-secrets.ts';
import { readSubscriptions, readTopics } from './read-topics.ts';
import { type AssemblyTrigger, readTriggers } from './read-triggers.ts';
import { type AssemblyUserPool, readUserPools } from './read-user-pools.ts';
import { resolveAssembly } from './resolved-assembly.ts';

/** What a synthesised application asks of a cloud, in plain values. */
export interface CloudAssembly {
  stacks: string[];
  functions: AssemblyFunction[];
  httpApis: AssemblyHttpApi[];
  userPools: AssemblyUserPool[];
  databaseClusters: AssemblyDatabaseCluster[];
  kmsKeys: AssemblyKmsKey[];
  kmsAliases: KmsAliasDefinition[];
  secrets: AssemblySecret[];
  queues: AssemblyQueue[];
  topics: TopicDefinition[];
  subscriptions: SubscriptionDefinition[];
  buckets: BucketDefinition[];
  eventSources: EventSourceDefinition[];
  schedules: ScheduleDefinition[];
  triggers: AssemblyTrigger[];
  /** Stack name → output name → value. */
  outputs: Record<string, Record<string, string>>;
  /** What the local cloud leaves out, one line each. */
  warnings: string[];
}

/**
 * Reads the folder that `cdk synth` wrote. Every name, id and ARN in it is made up, yet the same at each reading.
 * Throws AssemblyError, naming stack and logical id, for anything that the local cloud would have to guess.
 */
export function readAssembly(directory: string): CloudAssembly {
  const assembly = resolveAssembly(directory);
  return {
    stacks: assembly.stacks,
    functions: readFunctions(assembly),
    httpApis: readHttpApis(assembly),
    userPools: readUserPools(assembly),
    databaseClusters: readDatabaseClusters(assembly),
    kmsKeys: readKmsKeys(assembly),
    kmsAliases: readKmsAliases(assembly),
    secrets: readSecrets(assembly),
    queues: readQueues(assembly),
    topics: readTopics(assembly),
    subscriptions: readSubscriptions(assembly),
    buckets: readBuckets(assembly),
    eventSources: readEventSources(assembly),
    schedules: readSchedules(assembly),
    triggers: readTriggers(assembly),
    outputs: assembly.outputs(),
    warnings: missingLocally(assembly),
  };
}
