import type { EventSourceDefinition } from '../../../local/event-sources/event-source-definition.ts';

/** A mapping of a queue `events` to a function `worker`, with changes. */
export function mapping(changes: Partial<EventSourceDefinition> = {}): EventSourceDefinition {
  return {
    id: '11111111-2222-4333-8444-555555555555',
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:events',
    functionName: 'worker',
    batchSize: 10,
    windowSeconds: 0,
    reportsItemFailures: true,
    enabled: true,
    ...changes,
  };
}
