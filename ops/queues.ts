import { CommandError } from '../local/command-error.ts';
import type { Target } from './target.ts';

/** A queue of dead letters, by URL, and the queue that gave them up, where there is one. */
export interface DeadLetterQueue {
  deadLetterUrl: string;
  queueUrl: string | undefined;
}

/** The outputs that name the queues of dead letters, and where those came from: what the clock started came from no queue. */
const outputs: Record<string, { deadLetters: string; queue?: string }> = {
  events: { deadLetters: 'EventDeadLetterQueueUrl', queue: 'EventQueueUrl' },
  work: { deadLetters: 'WorkDeadLetterQueueUrl', queue: 'WorkQueueUrl' },
  schedules: { deadLetters: 'ScheduleDeadLetterQueueUrl' },
};

/**
 * Where a bank's dead letters are: `events`, `work` or `schedules`.
 *
 * @throws CommandError for any other name.
 */
export function deadLetterQueueNamed(name: string): (target: Target) => DeadLetterQueue {
  const named = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  if (!named) {
    throw new CommandError(`There is no queue ${name}: name one of ${Object.keys(outputs).join(', ')}.`);
  }
  return target => ({
    deadLetterUrl: target.output(named.deadLetters),
    queueUrl: named.queue === undefined ? undefined : target.output(named.queue),
  });
}
