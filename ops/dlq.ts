import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { CommandError, runCommand } from '../local/command-error.ts';
import { type DeadLetter, listDeadLetters } from './dead-letters.ts';
import { type QueuePair, redrive } from './redrive.ts';
import { findTarget, type Target } from './target.ts';

const usage = `Usage: npm run -s dlq -- list    [--queue events] [--limit N] [--bodies] [--stage STAGE]
       npm run -s dlq -- redrive [--queue events] [--limit N] [--stage STAGE]

Messages that no try got through, in the dead-letter queue of the bank's events.

  list      shows them, the oldest first, and leaves them where they are: id, event, age, how often each was received
  redrive   sends them back to the queue that gave them up; harmless when it is done again

  --queue   whose dead letters: events
  --limit   the most messages (list: 100; redrive: all)
  --bodies  with the whole messages, which may tell of customers
  --stage   a stage in AWS, where your credentials point; without it the bank that runs here`;

/** The outputs that name a queue and that of its dead letters. */
const queues: Record<string, [queue: string, deadLetters: string]> = {
  events: ['EventQueueUrl', 'EventDeadLetterQueueUrl'],
};

const defaultListLimit = 100;

await runCommand(async () => {
  const { values, positionals } = parseOptions();
  const [command, surplus] = positionals;
  if (values.help || command === undefined) {
    console.log(usage);
    return;
  }
  if (surplus !== undefined || (command !== 'list' && command !== 'redrive')) {
    throw new CommandError(`There is no command ${surplus ?? command}. Try: npm run -s dlq -- --help`);
  }
  const limit = limitOf(values.limit);
  const queue = values.queue ?? 'events';
  const outputs = queues[queue];
  if (!outputs) {
    throw new CommandError(`There is no queue ${queue}: name one of ${Object.keys(queues).join(', ')}.`);
  }
  const target = await findTarget(values.stage);
  const pair = pairOf(target, outputs);
  const client = new SQSClient(target.client('sqs'));
  if (command === 'list') {
    print(await listDeadLetters(client, pair.deadLetterUrl, limit ?? defaultListLimit), values.bodies ?? false);
    return;
  }
  const moved = await redrive(client, pair, {
    ...(limit !== undefined && { limit }),
    onProgress: count => console.error(`${count} moved`),
  });
  console.log(moved === 0 ? 'There are no dead letters.' : `${moved} sent back to ${queue}.`);
});

function parseOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        queue: { type: 'string' },
        limit: { type: 'string' },
        bodies: { type: 'boolean' },
        stage: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s dlq -- --help`);
  }
}

function limitOf(text: string | undefined): number | undefined {
  if (text !== undefined && !/^[1-9]\d{0,5}$/.test(text)) {
    throw new CommandError(`--limit is ${text}: give a number from 1 to 999999.`);
  }
  return text === undefined ? undefined : Number(text);
}

function pairOf(target: Target, [queue, deadLetters]: [string, string]): QueuePair {
  return { queueUrl: target.output(queue), deadLetterUrl: target.output(deadLetters) };
}

function print(letters: DeadLetter[], bodies: boolean): void {
  if (letters.length === 0) {
    console.log('There are no dead letters.');
    return;
  }
  const width = Math.max(...letters.map(({ eventType }) => printable(eventType ?? '-').length));
  for (const { id, eventType, sentAt, receiveCount, body } of letters) {
    const received = receiveCount === 1 ? 'once' : `${receiveCount} times`;
    console.log(
      `${id}  ${printable(eventType ?? '-').padEnd(width)}  ${ageOf(sentAt).padStart(6)}  received ${received}`,
    );
    if (bodies) {
      console.log(`  ${printable(body)}`);
    }
  }
}

/** Text without what a terminal would take for commands. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `3d 4h`, `12m`, `45s` */
function ageOf(time: Date): string {
  const seconds = Math.max(0, Math.floor((Date.now() - time.getTime()) / 1_000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) {
    return `${days}d ${hours}h`;
  }
  if (hours > 0) {
    return `${hours}h ${minutes}m`;
  }
  return minutes > 0 ? `${minutes}m` : `${seconds}s`;
}
