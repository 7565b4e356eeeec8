import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { xmlDocument } from '../xml.ts';
import { operations, type Sns } from './operations.ts';
import { envelope, type Publication, type PublishedAttributes } from './publication.ts';
import { QueryParameters } from './query-parameters.ts';
import { SnsError } from './sns-error.ts';
import type { SubscriptionDefinition, TopicDefinition } from './topic-definition.ts';
import { type Subscription, TopicStore } from './topic-store.ts';

/** A message that was published, as a person would be told of it. */
export interface Announcement {
  topicName: string;
  /** The addresses that are subscribed to the topic by `email`. */
  emails: string[];
  subject: string | undefined;
  message: string;
}

export interface SnsOptions {
  /** 0, any free port, unless told. */
  port?: number;
  /** Where `topics.jsonl` is kept. */
  directory: string;
  /** The topics of the application, and who hears of what is published to them. */
  topics: TopicDefinition[];
  subscriptions: SubscriptionDefinition[];
  /** Told of every message before its publisher gets an answer. */
  onPublish?(announcement: Announcement): void;
  /** Brings a message to a queue. */
  toQueue?(queueArn: string, body: string, attributes: PublishedAttributes): Promise<void>;
  /** Brings an event to a function. */
  toFunction?(functionArn: string, event: object): Promise<void>;
  /** Told of every refusal, and of every message that did not arrive. */
  log?(line: string): void;
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

async function deliver(options: SnsOptions, publication: Publication, to: Subscription): Promise<void> {
  const enveloped = envelope(publication, to);
  if (to.protocol === 'sqs') {
    const body = to.rawDelivery ? publication.message : JSON.stringify(enveloped);
    await options.toQueue?.(to.endpoint, body, to.rawDelivery ? publication.attributes : {});
  }
  if (to.protocol === 'lambda') {
    const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: to.arn, Sns: enveloped };
    await options.toFunction?.(to.endpoint, { Records: [record] });
  }
}

async function publish(options: SnsOptions, store: TopicStore, publication: Publication): Promise<void> {
  const { topic, subject, message } = publication;
  const subscriptions = store.subscriptions(topic.arn);
  const emails = subscriptions.filter(({ protocol }) => protocol.startsWith('email')).map(({ endpoint }) => endpoint);
  options.onPublish?.({ topicName: topic.name, emails, subject, message });
  for (const subscription of subscriptions) {
    // One subscriber that cannot be reached is none of the publisher's business.
    await deliver(options, publication, subscription).catch((error: Error) =>
      options.log?.(`${publication.id} did not reach ${subscription.endpoint}: ${error.message}`),
    );
  }
}

async function answer(sns: Sns, request: IncomingMessage): Promise<string> {
  const parameters = new QueryParameters(new URLSearchParams(await text(request)));
  const name = parameters.get('Action') ?? '';
  const operation = operations.get(name);
  if (request.method !== 'POST' || !operation) throw new SnsError('InvalidAction', `${name} is not served here`);
  if (request.headers.authorization === undefined) {
    throw new SnsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  const result = await operation(sns, parameters);
  const content = { [`${name}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } };
  return xmlDocument(`${name}Response`, content, namespace);
}

/**
 * Serves SNS (the query protocol over HTTP). Any `Authorization` header is accepted, none is not
 * (https://docs.aws.amazon.com/sns/latest/api/). Rejects when what is kept cannot be read, and with Node's own error when
 * it cannot listen.
 */
export async function startSns(options: SnsOptions): Promise<LoopbackServer> {
  const store = new TopicStore(options.directory);
  store.apply(options.topics, options.subscriptions);
  const sns: Sns = { store, publish: publication => publish(options, store, publication) };
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'text/xml');
    try {
      const body = await answer(sns, request);
      response.writeHead(200).end(body);
    } catch (error) {
      const known = error instanceof SnsError ? error : new SnsError('InternalError', 'Something went wrong.', 500);
      options.log?.(`${known.code}: ${error instanceof SnsError ? error.message : String(error)}`);
      const Type = known.status < 500 ? 'Sender' : 'Receiver';
      const content = { Error: { Type, Code: known.code, Message: known.message }, RequestId: randomUUID() };
      response.writeHead(known.status).end(xmlDocument('ErrorResponse', content, namespace));
    }
  });
  try {
    const listening = await listenOnLoopback(server, options.port);
    return {
      ...listening,
      async close() {
        await listening.close();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
