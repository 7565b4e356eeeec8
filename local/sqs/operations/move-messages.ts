import * as z from 'zod';
import { between, operation } from '../operation.ts';

export const startMessageMoveTask = operation(
  z.object({
    SourceArn: z.string(),
    DestinationArn: z.string().optional(),
    MaxNumberOfMessagesPerSecond: between(1, 500).optional(),
  }),
  ({ moves }, { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }) => ({
    TaskHandle: moves.start(SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond).handle,
  }),
);

export const cancelMessageMoveTask = operation(z.object({ TaskHandle: z.string() }), ({ moves }, { TaskHandle }) => ({
  ApproximateNumberOfMessagesMoved: moves.cancel(TaskHandle).moved,
}));

export const listMessageMoveTasks = operation(
  z.object({ SourceArn: z.string(), MaxResults: between(1, 10).default(1) }),
  ({ moves }, { SourceArn, MaxResults }) => ({
    Results: moves
      .of(SourceArn)
      .slice(0, MaxResults)
      .map(({ handle, status, source, destination, perSecond, moved, toMove, startedAt, failure }) => ({
        ...(status === 'RUNNING' && { TaskHandle: handle }),
        Status: status,
        SourceArn: source.arn,
        ...(destination && { DestinationArn: destination.arn }),
        ...(perSecond !== undefined && { MaxNumberOfMessagesPerSecond: perSecond }),
        ApproximateNumberOfMessagesMoved: moved,
        ApproximateNumberOfMessagesToMove: toMove,
        StartedTimestamp: startedAt,
        ...(failure !== undefined && { FailureReason: failure }),
      })),
  }),
);
