import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { jsonText } from '../domain/fields.ts';
import { background } from './background.ts';
import { logger } from './logger.ts';

/** How a message fared: in a word for the log, or why it failed. */
export type Outcome = string | Error;

export interface QueueOptions<Message> {
  /** The form of a message's body, which is JSON. */
  message: z.ZodType<Message>;
  /** What the log may say of a message: never what it carries. */
  logKeys(message: Message): Record<string, string | undefined>;
  /**
   * Works on the messages of a batch together, and tells how each fared, in their order. Throws if it could not work at all.
   */
  work(messages: readonly Message[]): Promise<readonly Outcome[]>;
}

/**
 * Makes the Lambda handler of an SQS queue's messages. Those that fail are reported, and SQS delivers them, and only them, again,
 * until it gives them to the dead-letter queue; if the work throws, the function fails, and all of them come again.
 */
export function queue<Message>({ message: form, logKeys, work }: QueueOptions<Message>) {
  const processor = new BatchProcessor(EventType.SQS);
  const body = jsonText(form);
  return middy<SQSEvent, SQSBatchResponse>()
    .use(background<SQSEvent, SQSBatchResponse>())
    .handler(async (event, context) => {
      const parsed = new Map(event.Records.map(record => [record.messageId, body.safeParse(record.body)]));
      const readable = [...parsed].flatMap(([id, { data }]) => (data === undefined ? [] : [{ id, data }]));
      const fared = readable.length === 0 ? [] : await work(readable.map(({ data }) => data));
      const outcomes = new Map(readable.map(({ id }, index) => [id, fared[index]]));
      return processPartialResponse(
        event,
        async ({ messageId }: SQSRecord) => {
          const { data, error } = parsed.get(messageId) ?? {};
          const outcome = error ?? outcomes.get(messageId);
          const keys = { message_id: messageId, ...(data !== undefined && logKeys(data)) };
          if (outcome === undefined || outcome instanceof Error) {
            logger.error('failed', { ...keys, cause: outcome });
            throw outcome ?? new Error('The work told nothing of this message');
          }
          logger.info(outcome, keys);
        },
        processor,
        { context, throwOnFullBatchFailure: false },
      );
    });
}
