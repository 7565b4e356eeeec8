import { join } from 'node:path';
import * as z from 'zod';
import { arn } from '../assembly/local-account.ts';
import { type Journal, openJournal } from '../journal.ts';
import { deliveryRecord, messageRecord } from './message.ts';
import { Queue, type QueueSurroundings } from './queue.ts';
import { mergedAttributes, type QueueAttributes } from './queue-attributes.ts';
import type { QueueDefinition } from './queue-definition.ts';

const queueRecord = z.object({
  attributes: z.record(z.string(), z.string()),
  /** Seconds since 1970. */
  createdAt: z.number(),
  modifiedAt: z.number(),
});

type QueueRecord = z.output<typeof queueRecord>;

const fresh = { visibleAt: 0, receiveCount: 0 };

/** The ARN of a queue, which its name alone makes. */
const queueArn = (name: string) => arn('sqs', name);

/**
 * The queues of one directory and their messages: in memory, and in a journal that survives `kill -9`. What is
 * acknowledged is with the operating system.
 */
export class QueueStore {
  readonly now: () => number;
  readonly #journal: Journal;
  readonly #queues = new Map<string, Queue>();
  readonly #records = new Map<string, QueueRecord>();
  readonly #around: QueueSurroundings;

  constructor(directory: string, now: () => number) {
    this.now = now;
    this.#journal = openJournal(join(directory, 'queues.jsonl'));
    const journal = this.#journal;
    this.#around = {
      now,
      queueOf: wanted => this.byArn(wanted),
      log: {
        kept(message, delivery) {
          journal.put('message', message.id, message);
          if (delivery.visibleAt > 0 || delivery.receiveCount > 0) journal.put('delivery', message.id, delivery);
        },
        delivered: (id, delivery) => journal.put('delivery', id, delivery),
        removed(id) {
          journal.put('message', id, null);
          if (journal.all('delivery').has(id)) journal.put('delivery', id, null);
        },
      },
    };
    this.#restore();
  }

  /** By name. */
  all(): Queue[] {
    return [...this.#queues.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  byName(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  byArn(wanted: string): Queue | undefined {
    const name = wanted.split(':').at(-1) ?? '';
    return queueArn(name) === wanted ? this.#queues.get(name) : undefined;
  }

  /** When the queue was made, and when its attributes were set last, in seconds since 1970. */
  times({ name }: Queue): { createdAt: number; modifiedAt: number } {
    return this.#records.get(name) ?? { createdAt: 0, modifiedAt: 0 };
  }

  create(name: string, attributes: QueueAttributes): Queue {
    const now = this.#seconds();
    return this.#put(name, { attributes: mergedAttributes({}, attributes), createdAt: now, modifiedAt: now });
  }

  setAttributes(queue: Queue, changes: QueueAttributes): void {
    const { createdAt } = this.times(queue);
    const attributes = mergedAttributes(queue.attributes, changes);
    this.#put(queue.name, { attributes, createdAt, modifiedAt: this.#seconds() });
  }

  remove(queue: Queue): void {
    queue.purge();
    queue.close();
    this.#queues.delete(queue.name);
    this.#records.delete(queue.name);
    this.#journal.put('queue', queue.name, null);
  }

  /** Makes the queues of a template that are new; those that are known get its attributes, and no others. */
  apply(definitions: QueueDefinition[]): void {
    for (const { name, attributes } of definitions) {
      const known = this.#records.get(name);
      if (known) this.#put(name, { ...known, attributes: mergedAttributes({}, attributes) });
      else this.create(name, attributes);
    }
  }

  close(): void {
    for (const queue of this.#queues.values()) queue.close();
    this.#journal.close();
  }

  #seconds(): number {
    return Math.floor(this.now() / 1_000);
  }

  #put(name: string, record: QueueRecord): Queue {
    this.#journal.put('queue', name, record);
    return this.#hold(name, record);
  }

  #hold(name: string, record: QueueRecord): Queue {
    const queue = this.#queues.get(name) ?? new Queue(name, queueArn(name), record.attributes, this.#around);
    queue.attributes = record.attributes;
    this.#queues.set(name, queue);
    this.#records.set(name, record);
    return queue;
  }

  #restore(): void {
    for (const [name, value] of this.#journal.all('queue')) this.#hold(name, queueRecord.parse(value));
    const deliveries = this.#journal.all('delivery');
    for (const [id, value] of this.#journal.all('message')) {
      const message = messageRecord.parse(value);
      const delivery = deliveries.get(id);
      const known = delivery === undefined ? fresh : deliveryRecord.parse(delivery);
      this.#queues.get(message.queue)?.restore(message, known);
    }
  }
}
