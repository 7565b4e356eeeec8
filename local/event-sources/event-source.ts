import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { EventSourceDefinition } from './event-source-definition.ts';
import { failedMessages } from './failed-messages.ts';
import { gatherBatch, splitBySize } from './gather-batch.ts';
import type { QueueReader } from './queue-reader.ts';
import { sqsEvent } from './sqs-event.ts';

export interface EventSourceOptions {
  definition: EventSourceDefinition;
  queue: QueueReader;
  /** How many invocations run at once at most. */
  concurrency: number;
  /** Invokes a function; answers with what it gave back, or with its words when it failed. */
  invoke(functionName: string, event: object): Promise<{ payload: unknown } | { fault: string }>;
  log?(line: string): void;
}

export interface EventSource {
  readonly definition: EventSourceDefinition;
  /** Begins to poll; harmless when it does already. */
  resume(): void;
  /** Takes no more messages, and resolves when those it has are done with. */
  pause(): Promise<void>;
  /** As `pause`, for good and at once: a message that is just then on its way here is seen again only later. */
  close(): Promise<void>;
}

/** How often a deletion is tried. A message that stays comes again, which its function must bear anyhow. */
const deletionTries = 3;
/** How long to wait before the queue is asked again when it does not answer: growing up to the last. */
const outageMs = [100, 200, 500, 1_000, 2_000];

/**
 * An event source mapping at work: polls a queue and invokes a function with batches of its messages, several at once while
 * there are many. What was successful is deleted; the rest is seen again after the queue's visibility timeout.
 */
export function createEventSource(options: EventSourceOptions): EventSource {
  const { definition, queue, concurrency, invoke, log = () => {} } = options;
  const { functionName, queueArn, reportsItemFailures } = definition;
  const pollers = new Set<Promise<void>>();
  let running = false;
  let polling = 0;
  let failures = 0;
  const closing = new AbortController();

  /** @returns the messages that are to be deleted. */
  async function run(batch: Message[]): Promise<Message[]> {
    const outcome = await invoke(functionName, sqsEvent(batch, queueArn)).catch((error: Error) => ({
      fault: error.message,
    }));
    if ('fault' in outcome) {
      log(`${functionName} failed with ${batch.length} messages: ${outcome.fault}`);
      return [];
    }
    if (!reportsItemFailures) return batch;
    const failed = failedMessages(batch, outcome.payload);
    if (failed.length > 0) log(`${functionName} reported ${failed.length} of ${batch.length} messages as failed`);
    return batch.filter(message => !failed.includes(message));
  }

  async function remove(messages: Message[]): Promise<void> {
    let left = messages;
    for (let tries = 0; left.length > 0 && tries < deletionTries; tries += 1) {
      if (tries > 0) await pause(outageMs[tries]);
      left = await queue.delete(left).catch(() => left);
    }
    if (left.length > 0) log(`${left.length} messages of ${queueArn} were done and could not be deleted`);
  }

  /** The next batch; none while the queue does not answer. */
  async function next(): Promise<Message[]> {
    try {
      const batch = await gatherBatch(queue, definition, () => running, closing.signal);
      if (failures > 0) log(`${queueArn} answers again`);
      failures = 0;
      return batch;
    } catch (error) {
      if (closing.signal.aborted) return [];
      if (failures === 0) log(`${queueArn} does not answer: ${(error as Error).message}`);
      await pause(outageMs[Math.min(failures, outageMs.length - 1)]);
      failures += 1;
      return [];
    }
  }

  async function poll(): Promise<void> {
    while (running) {
      const batch = await next();
      if (batch.length > 0) {
        // While this one's function works, another looks for more.
        start();
        for (const part of splitBySize(batch)) await remove(await run(part));
      } else if (polling > 1) {
        break;
      }
    }
    polling -= 1;
  }

  function start(): void {
    if (!running || polling >= concurrency) return;
    polling += 1;
    const poller: Promise<void> = poll().finally(() => pollers.delete(poller));
    pollers.add(poller);
  }

  async function pausePolls(): Promise<void> {
    running = false;
    await Promise.all(pollers);
  }

  return {
    definition,
    resume() {
      if (running) return;
      running = true;
      start();
    },
    pause: pausePolls,
    async close() {
      closing.abort();
      await pausePolls();
    },
  };
}
