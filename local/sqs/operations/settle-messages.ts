import * as z from 'zod';
import { batchOf, runBatch } from '../batch.ts';
import { between, onQueue, operation, queueAt } from '../operation.ts';

const handle = { ReceiptHandle: z.string() };
const visibility = { ...handle, VisibilityTimeout: between(0, 43_200) };

export const deleteMessage = operation(onQueue.extend(handle), (sqs, input) => {
  queueAt(sqs, input).delete(input.ReceiptHandle);
  return {};
});

export const deleteMessageBatch = operation(onQueue.extend({ Entries: batchOf(handle) }), (sqs, input) => {
  const queue = queueAt(sqs, input);
  return runBatch(input.Entries, ({ ReceiptHandle }) => {
    queue.delete(ReceiptHandle);
    return {};
  });
});

export const changeMessageVisibility = operation(onQueue.extend(visibility), (sqs, input) => {
  queueAt(sqs, input).changeVisibility(input.ReceiptHandle, input.VisibilityTimeout);
  return {};
});

export const changeMessageVisibilityBatch = operation(
  onQueue.extend({ Entries: batchOf(visibility) }),
  (sqs, input) => {
    const queue = queueAt(sqs, input);
    return runBatch(input.Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
      queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
      return {};
    });
  },
);
