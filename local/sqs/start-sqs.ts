import { createAwsJsonServer } from '../aws-json/aws-json-server.ts';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { MessageMoves } from './message-moves.ts';
import type { Sqs } from './operation.ts';
import { operations } from './operations/index.ts';
import type { QueueDefinition } from './queue-definition.ts';
import { QueueStore } from './queue-store.ts';

export interface SqsOptions {
  /** 0, any free port, unless told. */
  port?: number;
  /** Where `queues.jsonl` is kept. */
  directory: string;
  /** The queues of the application; those that are new are made. */
  queues: QueueDefinition[];
  /** Told of every refusal. */
  log?(line: string): void;
  /** The clock, in milliseconds since 1970; tests set it. */
  now?(): number;
}

/** A batch has up to 1 MiB, and a character of it may take six in JSON. */
const maxBodyBytes = 8 * 1024 * 1024;

/**
 * Serves SQS (JSON 1.0 over HTTP) with queues kept in a directory. Any `Authorization` header is accepted, none is not
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/). Rejects when what is kept cannot be read, and
 * with Node's own error when it cannot listen.
 */
export async function startSqs(options: SqsOptions): Promise<LoopbackServer> {
  const store = new QueueStore(options.directory, options.now ?? Date.now);
  store.apply(options.queues);
  const sqs: Sqs = { store, moves: new MessageMoves(store), origin: () => listening?.url ?? '' };
  const bound = [...operations].map(
    ([name, run]) => [name, (input: unknown, gone: AbortSignal) => run(sqs, input, gone)] as const,
  );
  const server = createAwsJsonServer({
    version: '1.0',
    targetPrefix: 'AmazonSQS.',
    errorPrefix: 'com.amazonaws.sqs#',
    maxBodyBytes,
    operations: new Map(bound),
    ...(options.log && { log: options.log }),
  });
  let listening: LoopbackServer | undefined;
  try {
    const opened = await listenOnLoopback(server, options.port);
    listening = opened;
    return {
      ...opened,
      async close() {
        sqs.moves.close();
        const closed = opened.close();
        store.close();
        await closed;
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
