import { setTimeout as pause } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../client-settings.ts';
import { createEventSource, type EventSource, type EventSourceOptions } from './event-source.ts';
import type { EventSourceDefinition } from './event-source-definition.ts';
import { queueReader } from './queue-reader.ts';

/** What a template says nothing of: AWS begins with as many, and goes on from there. */
const defaultConcurrency = 5;
/** How long what is under way may take when everything closes; whoever hosts the functions ends the rest. */
const graceMs = 2_000;

/** The event sources of an application. */
export interface EventSources {
  /** Resolves when the function is done with the messages that it has, and gets no more. */
  pause(functionName: string): Promise<void>;
  resume(functionName: string): void;
  close(): Promise<void>;
}

/** Starts to poll the queues of every event source that is enabled, at the SQS of this address. */
export function startEventSources(
  definitions: EventSourceDefinition[],
  sqsUrl: string,
  options: Pick<EventSourceOptions, 'invoke' | 'log'> & { concurrency: number },
): EventSources {
  const client = new SQSClient(clientSettings(sqsUrl));
  const sources = definitions.map(definition => {
    const [account, name] = definition.queueArn.split(':').slice(-2);
    return createEventSource({
      ...options,
      definition,
      queue: queueReader(client, `${sqsUrl}/${account}/${name}`),
      concurrency: Math.min(definition.maximumConcurrency ?? defaultConcurrency, options.concurrency),
    });
  });
  for (const source of sources) if (source.definition.enabled) source.resume();
  const of = (functionName: string): EventSource[] => {
    const found = sources.filter(({ definition }) => definition.functionName === functionName);
    if (found.length === 0) throw new Error(`no event source invokes ${functionName}`);
    return found;
  };
  return {
    async pause(functionName) {
      await Promise.all(of(functionName).map(source => source.pause()));
    },
    resume(functionName) {
      for (const source of of(functionName)) source.resume();
    },
    async close() {
      const done = Promise.all(sources.map(source => source.close()));
      await Promise.race([done, pause(graceMs, undefined, { ref: false })]);
      client.destroy();
    },
  };
}
