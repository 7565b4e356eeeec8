import type { XmlContent } from '../xml.ts';
import { type Publication, readPublication } from './publication.ts';
import type { QueryParameters } from './query-parameters.ts';
import { invalidParameter, SnsError } from './sns-error.ts';
import type { Subscription, TopicStore } from './topic-store.ts';

/** What operations work with. */
export interface Sns {
  store: TopicStore;
  /** Brings a message to the topic's subscribers, and resolves when it has been taken care of. */
  publish(publication: Publication): Promise<void>;
}

/** An operation of SNS: takes the request's parameters, gives the content of its result. */
type Operation = (sns: Sns, parameters: QueryParameters) => XmlContent | Promise<XmlContent>;

const mostEntries = 10;

function required(parameters: QueryParameters, name: string): string {
  const value = parameters.get(name);
  if (!value) throw invalidParameter(name);
  return value;
}

function listed(subscriptions: Subscription[]): XmlContent {
  const member = subscriptions.map(({ arn, topicArn, protocol, endpoint }) => ({
    SubscriptionArn: arn,
    Owner: topicArn.split(':')[4],
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  }));
  return { Subscriptions: { member } };
}

async function publishOne(sns: Sns, parameters: QueryParameters): Promise<XmlContent> {
  if (parameters.get('PhoneNumber') !== undefined) throw invalidParameter('PhoneNumber is not served here');
  const topic = sns.store.topic(parameters.get('TopicArn') ?? parameters.get('TargetArn'));
  const publication = readPublication(topic, parameters);
  await sns.publish(publication);
  return { MessageId: publication.id };
}

async function publishBatch(sns: Sns, parameters: QueryParameters): Promise<XmlContent> {
  const topic = sns.store.topic(parameters.get('TopicArn'));
  const entries = parameters.items('PublishBatchRequestEntries.member');
  if (entries.length === 0) throw new SnsError('EmptyBatchRequest', 'The batch request contains no entries.');
  if (entries.length > mostEntries) {
    throw new SnsError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  const ids = entries.map(entry => entry.get('Id'));
  if (new Set(ids).size < ids.length) {
    throw new SnsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const done: XmlContent[] = [];
  const failed: XmlContent[] = [];
  for (const entry of entries) {
    const Id = entry.get('Id') ?? '';
    try {
      const publication = readPublication(topic, entry);
      await sns.publish(publication);
      done.push({ Id, MessageId: publication.id });
    } catch (error) {
      if (!(error instanceof SnsError)) throw error;
      failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful: { member: done }, Failed: { member: failed } };
}

function subscribe({ store }: Sns, parameters: QueryParameters): XmlContent {
  const attributes = new Map(
    parameters.items('Attributes.entry').map(entry => [entry.get('key') ?? '', entry.get('value') ?? '']),
  );
  const unserved = [...attributes.keys()].find(name => name !== 'RawMessageDelivery');
  if (unserved !== undefined) throw invalidParameter(`Attributes: ${unserved} is not served here`);
  const subscription = store.subscribe({
    topicArn: store.topic(parameters.get('TopicArn')).arn,
    protocol: required(parameters, 'Protocol'),
    endpoint: required(parameters, 'Endpoint'),
    rawDelivery: attributes.get('RawMessageDelivery') === 'true',
  });
  return { SubscriptionArn: subscription.arn };
}

/** Every operation that is served, by its name on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'CreateTopic',
    ({ store }, parameters) => {
      const name = required(parameters, 'Name');
      if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
      return { TopicArn: store.addTopic(name).arn };
    },
  ],
  [
    'DeleteTopic',
    ({ store }, parameters) => {
      store.removeTopic(required(parameters, 'TopicArn'));
      return undefined;
    },
  ],
  ['ListTopics', ({ store }) => ({ Topics: { member: store.topics().map(({ arn }) => ({ TopicArn: arn })) } })],
  [
    'GetTopicAttributes',
    ({ store }, parameters) => {
      const { arn } = store.topic(parameters.get('TopicArn'));
      const attributes = {
        TopicArn: arn,
        Owner: arn.split(':')[4],
        SubscriptionsConfirmed: String(store.subscriptions(arn).length),
      };
      return { Attributes: { entry: Object.entries(attributes).map(([key, value]) => ({ key, value })) } };
    },
  ],
  ['Subscribe', subscribe],
  [
    'Unsubscribe',
    ({ store }, parameters) => {
      store.removeSubscription(required(parameters, 'SubscriptionArn'));
      return undefined;
    },
  ],
  ['ListSubscriptions', ({ store }) => listed(store.subscriptions())],
  [
    'ListSubscriptionsByTopic',
    ({ store }, parameters) => listed(store.subscriptions(store.topic(parameters.get('TopicArn')).arn)),
  ],
  ['Publish', publishOne],
  ['PublishBatch', publishBatch],
]);
