import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { arn } from '../assembly/local-account.ts';
import { type Journal, openJournal } from '../journal.ts';
import { notFound } from './sns-error.ts';
import type { SubscriptionDefinition, TopicDefinition } from './topic-definition.ts';

const topicRecord = z.object({ name: z.string(), arn: z.string() });
const subscriptionRecord = z.object({
  arn: z.string(),
  topicArn: z.string(),
  protocol: z.string(),
  endpoint: z.string(),
  rawDelivery: z.boolean(),
});

export type Topic = z.output<typeof topicRecord>;
export type Subscription = z.output<typeof subscriptionRecord>;

/** The topics and subscriptions of one directory: in memory, and in a journal that survives `kill -9`. */
export class TopicStore {
  readonly #journal: Journal;
  readonly #topics = new Map<string, Topic>();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(directory: string) {
    this.#journal = openJournal(join(directory, 'topics.jsonl'));
    for (const [arn, value] of this.#journal.all('topic')) this.#topics.set(arn, topicRecord.parse(value));
    for (const [arn, value] of this.#journal.all('subscription')) {
      this.#subscriptions.set(arn, subscriptionRecord.parse(value));
    }
  }

  /** By ARN. */
  topics(): Topic[] {
    return [...this.#topics.values()].sort((left, right) => (left.arn < right.arn ? -1 : 1));
  }

  /** Throws NotFound. */
  topic(arn: string | undefined): Topic {
    const topic = this.#topics.get(arn ?? '');
    if (!topic) throw notFound('Topic');
    return topic;
  }

  /** Makes a topic, or finds the one of this name. */
  addTopic(name: string): Topic {
    const topic = { name, arn: arn('sns', name) };
    if (!this.#topics.has(topic.arn)) {
      this.#topics.set(topic.arn, topic);
      this.#journal.put('topic', topic.arn, topic);
    }
    return topic;
  }

  /** Removes a topic and its subscriptions; one that is gone already is no error. */
  removeTopic(arn: string): void {
    for (const { arn: subscription } of this.subscriptions(arn)) this.removeSubscription(subscription);
    this.#topics.delete(arn);
    this.#journal.put('topic', arn, null);
  }

  /** Of one topic, or all. */
  subscriptions(topicArn?: string): Subscription[] {
    const all = [...this.#subscriptions.values()];
    return topicArn === undefined ? all : all.filter(each => each.topicArn === topicArn);
  }

  /** Adds a subscription, or finds the one of this topic, protocol and endpoint and gives it these settings. */
  subscribe(definition: SubscriptionDefinition): Subscription {
    const { topicArn, protocol, endpoint } = definition;
    const known = this.subscriptions(topicArn).find(each => each.protocol === protocol && each.endpoint === endpoint);
    const subscription = { ...definition, arn: known?.arn ?? `${topicArn}:${randomUUID()}` };
    this.#subscriptions.set(subscription.arn, subscription);
    this.#journal.put('subscription', subscription.arn, subscription);
    return subscription;
  }

  removeSubscription(arn: string): void {
    this.#subscriptions.delete(arn);
    this.#journal.put('subscription', arn, null);
  }

  /** Makes what a template asks for and is not there. */
  apply(topics: TopicDefinition[], subscriptions: SubscriptionDefinition[]): void {
    for (const { name } of topics) this.addTopic(name);
    for (const subscription of subscriptions) this.subscribe(subscription);
  }

  close(): void {
    this.#journal.close();
  }
}
