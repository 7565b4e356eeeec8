import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { BankEvent } from '../domain/events.ts';
import { EventsNotSent } from './events-not-sent.ts';

/** The queue that the bank's events are put on, for whoever works on them afterwards. */
export interface EventQueue {
  /**
   * Sends events, within so many milliseconds if told.
   *
   * @throws EventsNotSent naming those that may not have arrived. They may be sent again: an event has one effect, however often it comes.
   */
  send(events: readonly BankEvent[], milliseconds?: number): Promise<void>;
}

/** SQS takes ten messages in a call, of together 256 KiB (Amazon SQS Developer Guide, "Quotas"). */
const mostEntries = 10;
const mostBytes = 262_144;

/** How long a call may wait for its answer, and how long the answer may fail to go on. */
const callMilliseconds = 1_000;

/** An SQS client that gives up soon and does not try again: what it fails to send is in the outbox. */
export function queueClient(config: SQSClientConfig = {}): SQSClient {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 300,
    requestTimeout: callMilliseconds,
    socketTimeout: callMilliseconds,
    throwOnRequestTimeout: true,
  });
  return new SQSClient({ maxAttempts: 1, requestHandler, ...config });
}

/** The event queue in SQS: one message for each event, its body the event as JSON. */
export function createEventQueue({
  queueUrl,
  client = queueClient(),
}: {
  queueUrl: string;
  client?: SQSClient;
}): EventQueue {
  /** @returns the events that SQS says it did not take. */
  async function sendGroup(group: readonly Entry[], abortSignal: AbortSignal | undefined): Promise<string[]> {
    const [first, ...others] = group;
    const options = abortSignal === undefined ? {} : { abortSignal };
    if (first !== undefined && others.length === 0) {
      const { Id, ...message } = first;
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, ...message }), options);
      return [];
    }
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...group] }),
      options,
    );
    return Failed.map(({ Id }) => Id ?? '');
  }

  return {
    async send(events, milliseconds) {
      const abortSignal = milliseconds === undefined ? undefined : AbortSignal.timeout(milliseconds);
      const groups = groupsOf(events.map(entryOf));
      const refused: string[] = [];
      for (const [index, group] of groups.entries()) {
        try {
          refused.push(...(await sendGroup(group, abortSignal)));
        } catch (error) {
          // What is left would meet the same.
          const left = groups.slice(index).flatMap(entries => entries.map(({ Id }) => Id));
          throw new EventsNotSent([...refused, ...left], error);
        }
      }
      if (refused.length > 0) {
        throw new EventsNotSent(refused);
      }
    },
  };
}

type Entry = SendMessageBatchRequestEntry & { Id: string; MessageBody: string };

/** SQS takes the characters that XML 1.0 allows. The others, and those that take two code units, are written as JSON can. */
function entryOf(event: BankEvent): Entry {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16)}`;
  const body = JSON.stringify(event).replace(/[\ud800-\udfff\ufffe\uffff]/g, escaped);
  return { Id: event.id, MessageBody: body, ...traceOf() };
}

/**
 * The trace of the invocation at hand, for the message to belong to; Lambda keeps it in a variable. The SDK sends it as a header too,
 * which the attribute goes before (X-Ray Developer Guide, "Amazon SQS and AWS X-Ray").
 */
function traceOf(): Pick<Entry, 'MessageSystemAttributes'> {
  const { _X_AMZN_TRACE_ID: trace } = process.env;
  return trace === undefined
    ? {}
    : { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } } };
}

function groupsOf(entries: readonly Entry[]): Entry[][] {
  const groups: Entry[][] = [];
  let group: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.MessageBody);
    if (group.length === mostEntries || bytes + size > mostBytes) {
      group = [];
      bytes = 0;
    }
    if (group.length === 0) groups.push(group);
    group.push(entry);
    bytes += size;
  }
  return groups;
}
