import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { newMessage } from './message.ts';
import type { Queue, Received } from './queue.ts';
import { redrivePolicyOf } from './queue-attributes.ts';
import type { QueueStore } from './queue-store.ts';
import { invalidValue, resourceNotFound, unsupported } from './sqs-error.ts';

/** How many are moved before others get their turn. */
const atOnce = 10;
/** How long a message is kept from receivers while it is moved. */
const movingSeconds = 60;

/** Messages on their way from a dead-letter queue to where they came from, or elsewhere. */
export interface MessageMove {
  handle: string;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  source: Queue;
  destination: Queue | undefined;
  perSecond: number | undefined;
  moved: number;
  toMove: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  failure?: string;
}

/** The message moves of a store, newest first. They are forgotten when it closes; what was moved stays where it is. */
export class MessageMoves {
  readonly #store: QueueStore;
  readonly #moves: MessageMove[] = [];

  constructor(store: QueueStore) {
    this.#store = store;
  }

  /** Starts to move every message that can be received from a dead-letter queue. */
  start(sourceArn: string, destinationArn?: string, perSecond?: number): MessageMove {
    const source = this.#queue(sourceArn);
    const isDeadLetterQueue = this.#store
      .all()
      .some(({ attributes }) => redrivePolicyOf(attributes)?.deadLetterTargetArn === source.arn);
    if (!isDeadLetterQueue) {
      throw invalidValue('SourceArn', sourceArn, 'Source queue must be configured as a Dead Letter Queue.');
    }
    if (this.of(sourceArn).some(move => move.status === 'RUNNING')) {
      throw unsupported(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const move: MessageMove = {
      handle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64'),
      status: 'RUNNING',
      source,
      destination: destinationArn === undefined ? undefined : this.#queue(destinationArn),
      perSecond,
      moved: 0,
      toMove: source.counts().ready,
      startedAt: this.#store.now(),
    };
    this.#moves.unshift(move);
    void this.#run(move);
    return move;
  }

  /** Stops a move; throws ResourceNotFoundException when there is none of this handle that still runs. */
  cancel(handle: string): MessageMove {
    const move = this.#moves.find(each => each.handle === handle && each.status === 'RUNNING');
    if (!move) throw resourceNotFound('Task does not exist.');
    move.status = 'CANCELLED';
    return move;
  }

  of(sourceArn: string): MessageMove[] {
    return this.#moves.filter(({ source }) => source.arn === sourceArn);
  }

  close(): void {
    for (const move of this.#moves) if (move.status === 'RUNNING') move.status = 'CANCELLED';
  }

  #queue(arn: string): Queue {
    const queue = this.#store.byArn(arn);
    if (!queue) throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    return queue;
  }

  async #run(move: MessageMove): Promise<void> {
    const most = Math.min(atOnce, move.perSecond ?? atOnce);
    while (move.moved < move.toMove) {
      await pause(move.perSecond === undefined ? 0 : (most / move.perSecond) * 1_000);
      if (move.status !== 'RUNNING') return;
      const received = move.source.take(Math.min(most, move.toMove - move.moved), movingSeconds);
      if (received.length === 0) break;
      for (const each of received) this.#moveOne(move, each);
      if (move.failure !== undefined) {
        move.status = 'FAILED';
        return;
      }
    }
    move.status = 'COMPLETED';
  }

  /** The message is a new one where it arrives, as in AWS: with another id, and sent now. */
  #moveOne(move: MessageMove, { message, receiptHandle }: Received): void {
    const destination = move.destination ?? this.#store.byArn(message.deadLetterSource ?? '');
    if (!destination) {
      move.source.changeVisibility(receiptHandle, 0);
      move.failure = 'CouldNotDetermineMessageSource';
      return;
    }
    const { id: _id, deadLetterSource: _source, ...rest } = message;
    const moved = newMessage({ ...rest, queue: destination.name, sentAt: this.#store.now() });
    destination.add(moved, { visibleAt: 0, receiveCount: 0 });
    move.source.delete(receiptHandle);
    move.moved += 1;
  }
}
