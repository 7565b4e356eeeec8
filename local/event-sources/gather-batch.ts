import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { EventSourceDefinition } from './event-source-definition.ts';
import { mostAtOnce, type QueueReader } from './queue-reader.ts';

/** How long a poll waits for messages: short, for an event source is at rest only when its polls are over. */
const idleSeconds = 1;
/** How often it is looked for more while the window is open. */
const lookMs = 100;
/** An invocation may have 6 MB; what comes on top of a message in its event has room in the rest. */
const mostBytes = 5 * 1024 * 1024;

const bytesOf = (message: Message) => Buffer.byteLength(JSON.stringify(message.Body ?? ''));

/**
 * Waits a moment for messages and, once the first is there, gathers more of them until there are as many as the batch may
 * have, or its window is over, or `isWanted` says no. Rejects when it waits for the first at the `end`.
 */
export async function gatherBatch(
  queue: QueueReader,
  { batchSize, windowSeconds }: EventSourceDefinition,
  isWanted: () => boolean,
  end?: AbortSignal,
): Promise<Message[]> {
  const batch = await queue.receive(batchSize, idleSeconds, end);
  if (batch.length === 0 || windowSeconds === 0) return batch;
  const windowEnd = performance.now() + windowSeconds * 1_000;
  let bytes = batch.reduce((sum, message) => sum + bytesOf(message), 0);
  while (batch.length < batchSize && bytes < mostBytes && isWanted()) {
    const asked = Math.min(batchSize - batch.length, mostAtOnce);
    const more = await queue.receive(asked, 0);
    batch.push(...more);
    bytes += more.reduce((sum, message) => sum + bytesOf(message), 0);
    const left = windowEnd - performance.now();
    if (left <= 0) break;
    // A queue that gave fewer than it was asked for has no others now.
    if (more.length < asked) await pause(Math.min(left, lookMs));
  }
  return batch;
}

/** Takes a batch apart where it has more bytes than one invocation may have. */
export function splitBySize(batch: Message[], limit = mostBytes): Message[][] {
  const parts: Message[][] = [];
  let room = 0;
  for (const message of batch) {
    const bytes = bytesOf(message);
    if (bytes > room || parts.length === 0) {
      parts.push([]);
      room = limit;
    }
    parts.at(-1)?.push(message);
    room -= bytes;
  }
  return parts;
}
