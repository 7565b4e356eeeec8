import type { Message } from '@aws-sdk/client-sqs';
import * as z from 'zod';

const report = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() });

/**
 * The messages of a batch that a function's answer says have failed. Nothing, null and an empty list say that none has; an
 * answer of another shape, and an id that is empty or of no message in the batch, say that all have
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
 */
export function failedMessages(batch: Message[], answer: unknown): Message[] {
  if (answer == null) return [];
  const parsed = report.safeParse(answer);
  if (!parsed.success) return batch;
  const ids = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const failed = batch.filter(({ MessageId }) => MessageId !== undefined && ids.includes(MessageId));
  return failed.length === new Set(ids).size ? failed : batch;
}
