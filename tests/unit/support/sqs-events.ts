import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** A delivery as SQS makes it: a body that is text is sent as it is, anything else as JSON. Message ids count from 1. */
export function sqsEvent(...bodies: unknown[]): SQSEvent {
  return { Records: bodies.map((body, index) => recordOf(`message-${index + 1}`, body)) };
}

function recordOf(messageId: string, body: unknown): SQSRecord {
  return {
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1770091506000',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '1770091506001',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:events',
    awsRegion: 'us-east-1',
  };
}

/** The message ids of a partial batch response. */
export function failedMessages(response: { batchItemFailures: { itemIdentifier: string }[] }): string[] {
  return response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}
