import { type Delivery, type Message, messageIdOf, newReceiptHandle } from './message.ts';
import { type QueueAttributes, redrivePolicyOf } from './queue-attributes.ts';
import { ReadyList } from './ready-list.ts';
import { messageNotInflight, receiptHandleIsInvalid } from './sqs-error.ts';

/** Where a queue writes down what happens to its messages. */
export interface MessageLog {
  kept(message: Message, delivery: Delivery): void;
  delivered(id: string, delivery: Delivery): void;
  removed(id: string): void;
}

/** A message as a receiver gets it. */
export interface Received {
  message: Message;
  delivery: Delivery;
  receiptHandle: string;
}

interface Entry {
  message: Message;
  delivery: Delivery;
  state: 'ready' | 'delayed' | 'in flight' | 'gone';
  /** Ends the time in which nobody sees it. */
  timer?: NodeJS.Timeout;
}

interface Waiter {
  most: number;
  visibilitySeconds: number | undefined;
  hand(received: Received[]): void;
}

export interface QueueSurroundings {
  log: MessageLog;
  now(): number;
  /** The queue with this ARN; undefined when there is none. */
  queueOf(arn: string): Queue | undefined;
}

/** A standard queue: messages that are ready, delayed or in flight, and receivers that wait for the next. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  attributes: QueueAttributes;
  readonly #around: QueueSurroundings;
  readonly #entries = new Map<string, Entry>();
  readonly #ready = new ReadyList<Entry>();
  readonly #waiters = new Set<Waiter>();
  #waking = false;

  constructor(name: string, arn: string, attributes: QueueAttributes, around: QueueSurroundings) {
    this.name = name;
    this.arn = arn;
    this.attributes = attributes;
    this.#around = around;
  }

  /** Takes a message in, to be seen by nobody before `delivery.visibleAt`. */
  add(message: Message, delivery: Delivery): void {
    this.#around.log.kept(message, delivery);
    this.restore(message, delivery);
  }

  /** As `add`, for a message that has been written down before. */
  restore(message: Message, delivery: Delivery): void {
    const entry: Entry = { message, delivery, state: 'gone' };
    this.#entries.set(message.id, entry);
    const hidden = delivery.visibleAt - this.#around.now();
    if (hidden <= 0) this.#show(entry);
    else this.#hide(entry, hidden, delivery.receiveCount > 0 ? 'in flight' : 'delayed');
  }

  /** Receives up to `most` messages, which nobody else sees for `visibilitySeconds`, the queue's own unless told. */
  take(most: number, visibilitySeconds?: number): Received[] {
    const received: Received[] = [];
    while (received.length < most) {
      const entry = this.#ready.take();
      if (!entry) break;
      if (entry.state !== 'ready') continue;
      if (this.#hasExpired(entry)) this.#remove(entry);
      else if (!this.#giveUp(entry)) received.push(this.#deliver(entry, visibilitySeconds));
    }
    return received;
  }

  /** As `take`, but waits up to `waitMs` for the first message, or until nobody waits any more. */
  async receive(most: number, visibilitySeconds: number | undefined, waitMs: number, gone: AbortSignal) {
    const received = this.take(most, visibilitySeconds);
    if (received.length > 0 || waitMs === 0 || gone.aborted) return received;
    const { promise, resolve } = Promise.withResolvers<Received[]>();
    const waiter: Waiter = { most, visibilitySeconds, hand: resolve };
    const leave = () => {
      this.#waiters.delete(waiter);
      resolve([]);
    };
    const timer = setTimeout(leave, waitMs);
    gone.addEventListener('abort', leave, { once: true });
    this.#waiters.add(waiter);
    const handed = await promise;
    clearTimeout(timer);
    gone.removeEventListener('abort', leave);
    return handed;
  }

  /** Deletes the message that the handle was given out for last; an older handle changes nothing, as in AWS. */
  delete(receiptHandle: string): void {
    const entry = this.#entryOf(receiptHandle);
    if (entry?.delivery.receiptHandle === receiptHandle) this.#remove(entry);
  }

  /** Has a message in flight seen again in `seconds`; throws MessageNotInflight for any other. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const entry = this.#entryOf(receiptHandle);
    if (entry?.state !== 'in flight' || entry.delivery.receiptHandle !== receiptHandle) throw messageNotInflight();
    this.#redeliver(entry, { ...entry.delivery, visibleAt: this.#around.now() + seconds * 1_000 });
    if (seconds === 0) this.#show(entry);
    else this.#hide(entry, seconds * 1_000, 'in flight');
  }

  purge(): void {
    for (const entry of this.#entries.values()) this.#remove(entry);
    this.#ready.clear();
  }

  /** How many messages there are in each state. */
  counts(): { ready: number; delayed: number; inFlight: number } {
    const states = { ready: 0, delayed: 0, 'in flight': 0, gone: 0 };
    for (const { state } of this.#entries.values()) states[state] += 1;
    return { ready: states.ready, delayed: states.delayed, inFlight: states['in flight'] };
  }

  /** Sends everybody who waits away and stops the clocks; what is written down stays. */
  close(): void {
    for (const waiter of this.#waiters) waiter.hand([]);
    this.#waiters.clear();
    for (const { timer } of this.#entries.values()) clearTimeout(timer);
  }

  #entryOf(receiptHandle: string): Entry | undefined {
    const id = messageIdOf(receiptHandle);
    if (id === undefined) throw receiptHandleIsInvalid(receiptHandle);
    return this.#entries.get(id);
  }

  #hasExpired({ message }: Entry): boolean {
    return this.#around.now() - message.sentAt >= Number(this.attributes.MessageRetentionPeriod) * 1_000;
  }

  /** Moves a message that was received often enough to the dead-letter queue; false when it may be received again. */
  #giveUp(entry: Entry): boolean {
    const policy = redrivePolicyOf(this.attributes);
    if (!policy || entry.delivery.receiveCount < policy.maxReceiveCount) return false;
    const target = this.#around.queueOf(policy.deadLetterTargetArn);
    if (!target) return false;
    this.#forget(entry);
    const { receiptHandle: _handle, ...delivery } = entry.delivery;
    target.add({ ...entry.message, queue: target.name, deadLetterSource: this.arn }, { ...delivery, visibleAt: 0 });
    return true;
  }

  #deliver(entry: Entry, visibilitySeconds = Number(this.attributes.VisibilityTimeout)): Received {
    const now = this.#around.now();
    const receiptHandle = newReceiptHandle(entry.message);
    this.#redeliver(entry, {
      visibleAt: now + visibilitySeconds * 1_000,
      receiveCount: entry.delivery.receiveCount + 1,
      firstReceivedAt: entry.delivery.firstReceivedAt ?? now,
      receiptHandle,
    });
    this.#hide(entry, visibilitySeconds * 1_000, 'in flight');
    return { message: entry.message, delivery: entry.delivery, receiptHandle };
  }

  #redeliver(entry: Entry, delivery: Delivery): void {
    entry.delivery = delivery;
    this.#around.log.delivered(entry.message.id, delivery);
  }

  #hide(entry: Entry, milliseconds: number, state: Entry['state']): void {
    clearTimeout(entry.timer);
    entry.state = state;
    entry.timer = setTimeout(() => this.#show(entry), milliseconds).unref();
  }

  #show(entry: Entry): void {
    clearTimeout(entry.timer);
    entry.state = 'ready';
    this.#ready.add(entry);
    this.#wake();
  }

  #remove(entry: Entry): void {
    this.#forget(entry);
    this.#around.log.removed(entry.message.id);
  }

  #forget(entry: Entry): void {
    clearTimeout(entry.timer);
    entry.state = 'gone';
    this.#entries.delete(entry.message.id);
  }

  /** Serves those who wait once what arrives together is there, so that a batch is received as one. */
  #wake(): void {
    if (this.#waking || this.#waiters.size === 0) return;
    this.#waking = true;
    setImmediate(() => {
      this.#waking = false;
      for (const waiter of this.#waiters) {
        const received = this.take(waiter.most, waiter.visibilitySeconds);
        if (received.length === 0) break;
        this.#waiters.delete(waiter);
        waiter.hand(received);
      }
    });
  }
}
