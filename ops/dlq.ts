import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { CommandError, runCommand } from '../local/command-error.ts';
import { type DeadLetter, dropDeadLetter, listDeadLetters } from './dead-letters.ts';
import { type DeadLetterQueue, deadLetterQueueNamed } from './queues.ts';
import { redrive } from './redrive.ts';
import { findTarget } from './target.ts';

const usage = `Usage: npm run -s dlq -- list    [--queue QUEUE] [--limit N] [--bodies] [--stage STAGE]
       npm run -s dlq -- redrive [--queue QUEUE] [--limit N] [--stage STAGE]
       npm run -s dlq -- drop     --queue schedules --id MESSAGE [--stage STAGE]

Messages that no try got through, in the dead-letter queues of the bank.

  list      shows them, the oldest first, and leaves them where they are: id, what of, age, how often each was received
  redrive   sends them back to the queue that gave them up; harmless when it is done again
  drop      deletes one: a schedule's, once its work was done by hand (npm run -s fire), for nothing takes it back

  --queue   whose dead letters: events (unless told), work (parts of jobs) or schedules (what the clock started)
  --limit   the most messages (list: 100; redrive: all)
  --bodies  with the whole messages, which may tell of customers
  --stage   a stage in AWS, where your credentials point; without it the bank that runs here`;

const commands = ['list', 'redrive', 'drop'];
const defaultListLimit = 100;

await runCommand(async () => {
  const { values, positionals } = parseOptions();
  const [command, surplus] = positionals;
  if (values.help || command === undefined) {
    console.log(usage);
    return;
  }
  if (surplus !== undefined || !commands.includes(command)) {
    throw new CommandError(`There is no command ${surplus ?? command}. Try: npm run -s dlq -- --help`);
  }
  const limit = limitOf(values.limit);
  const queue = values.queue ?? 'events';
  const find = deadLetterQueueNamed(queue);
  const target = await findTarget(values.stage);
  const { deadLetterUrl, queueUrl } = find(target);
  const client = new SQSClient(target.client('sqs'));
  if (command === 'list') {
    print(await listDeadLetters(client, deadLetterUrl, limit ?? defaultListLimit), values.bodies ?? false);
    return;
  }
  if (command === 'drop') {
    await drop(client, queue, { deadLetterUrl, queueUrl }, values.id);
    return;
  }
  if (queueUrl === undefined) {
    throw new CommandError(`${queue} came from no queue: do the work with npm run -s fire, then drop the message.`);
  }
  const moved = await redrive(
    client,
    { queueUrl, deadLetterUrl },
    {
      ...(limit !== undefined && { limit }),
      onProgress: count => console.error(`${count} moved`),
    },
  );
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
        id: { type: 'string' },
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

async function drop(client: SQSClient, name: string, queue: DeadLetterQueue, id: string | undefined): Promise<void> {
  if (queue.queueUrl !== undefined) {
    throw new CommandError(`Dead letters of ${name} are never dropped: mend the cause, then redrive them.`);
  }
  if (id === undefined) {
    throw new CommandError('Name the message with --id, as list shows it.');
  }
  if (!(await dropDeadLetter(client, queue.deadLetterUrl, id))) {
    throw new CommandError(`There is no dead letter ${id}: see npm run -s dlq -- list --queue ${name}`);
  }
  console.log(`${id} dropped.`);
}

function print(letters: DeadLetter[], bodies: boolean): void {
  if (letters.length === 0) {
    console.log('There are no dead letters.');
    return;
  }
  const width = Math.max(...letters.map(({ about }) => printable(about ?? '-').length));
  for (const { id, about, sentAt, receiveCount, body } of letters) {
    const received = receiveCount === 1 ? 'once' : `${receiveCount} times`;
    console.log(`${id}  ${printable(about ?? '-').padEnd(width)}  ${ageOf(sentAt).padStart(6)}  received ${received}`);
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
