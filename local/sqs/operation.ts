import * as z from 'zod';
import type { MessageMoves } from './message-moves.ts';
import type { Queue } from './queue.ts';
import type { QueueStore } from './queue-store.ts';
import { invalidValue, missingParameter, queueDoesNotExist } from './sqs-error.ts';

/** What operations work with. */
export interface Sqs {
  store: QueueStore;
  moves: MessageMoves;
  /** The address that a queue's URL begins with. */
  origin(): string;
}

/** An operation of SQS: takes the request's JSON, gives the answer's. The signal tells that the caller is gone. */
export type Operation = (sqs: Sqs, input: unknown, gone: AbortSignal) => object | Promise<object>;

/** The request as `schema` describes it; throws MissingParameter or InvalidParameterValue, naming the parameter. */
function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.') ?? '';
  throw issue?.input === undefined ? missingParameter(name) : invalidValue(name, issue.input, issue.message);
}

/** An operation: what it needs, and what it does. */
export function operation<Input extends z.ZodType>(
  schema: Input,
  run: (sqs: Sqs, input: z.output<Input>, gone: AbortSignal) => object | Promise<object>,
): Operation {
  return (sqs, input, gone) => run(sqs, parseInput(schema, input), gone);
}

/** The request of an operation on one queue, which it names by URL. */
export const onQueue = z.object({ QueueUrl: z.string() });

/** The queue that a URL names, whatever its host; throws QueueDoesNotExist. */
export function queueAt({ store }: Sqs, { QueueUrl }: z.output<typeof onQueue>): Queue {
  const queue = store.byName(QueueUrl.split('/').at(-1) ?? '');
  if (!queue) throw queueDoesNotExist();
  return queue;
}

/** A number of seconds or things within AWS's limits. */
export function between(lowest: number, highest: number) {
  const message = `Must be between ${lowest} and ${highest}.`;
  return z.int(message).min(lowest, message).max(highest, message);
}
