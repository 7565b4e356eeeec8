import { setTimeout as pause } from 'node:timers/promises';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { signal } from '../../local/postgres/processes.ts';
import type { Random } from '../fraud/random.ts';
import type { World } from './world.ts';

/** Breaks something for a while. @returns how often it did: 0 when there was nothing to break. */
type Injector = (world: World, random: Random) => Promise<number>;

/** Lets so many minutes pass for the events that nobody has processed, so that the relay need not be waited for. */
export async function minutesPass(world: World, minutes: number): Promise<void> {
  await world.database.query(
    `update bank.events set created_at = created_at - $1 * interval '1 minute', relay_after = relay_after - $1 * interval '1 minute'
      where processed_at is null`,
    [minutes],
  );
}

const unprocessed = 'select count(*)::integer as count from bank.events where processed_at is null';

/** How many events wait. */
export async function waiting(world: World): Promise<number> {
  const { rows } = await world.database.query<{ count: number }>(unprocessed);
  return rows[0]?.count ?? 0;
}

/** Every fault that a run knows, by what it does. Each ends with the bank whole again. */
export const injectors: Readonly<Record<string, Injector>> = {
  async 'PostgreSQL is killed'(world) {
    await world.killPostgres();
    return 1;
  },
  async 'backends are terminated'(world, random) {
    let ended = 0;
    for (let round = random.whole(3, 8); round > 0; round -= 1) {
      const { rows } = await world.database.query<{ ended: number }>(
        `select count(pg_terminate_backend(pid))::integer as ended from (
           select pid from pg_stat_activity where datname = current_database() and application_name = 'data-api' and state = 'active' limit 2
         ) victims`,
      );
      ended += rows[0]?.ended ?? 0;
      await pause(random.whole(10, 200));
    }
    return ended;
  },
  async 'statements outlive their time-out'(world, random) {
    const { rows } = await world.database.query<{ pid: number }>(
      `select pid from pg_stat_activity
        where datname = current_database() and application_name = 'data-api' and state = 'active' limit 2`,
    );
    // Stopped in the middle of their work, locks in hand, for longer than the adapter waits for an answer.
    for (const { pid } of rows) signal(pid, 'SIGSTOP');
    try {
      await pause(rows.length === 0 ? 0 : random.whole(9_500, 11_000));
    } finally {
      for (const { pid } of rows) signal(pid, 'SIGCONT');
    }
    return rows.length;
  },
  async 'replies of PostgreSQL are dropped'(world, random) {
    const before = world.wire.lost();
    world.wire.loseNext(random.whole(2, 10));
    await pause(2_000);
    return world.wire.lost() - before;
  },
  async 'replies of PostgreSQL are delayed'(world, random) {
    const before = world.wire.delayed();
    world.wire.delayBy(random.whole(200, 1_500));
    await pause(random.whole(2_000, 4_000));
    world.wire.delayBy(0);
    return world.wire.delayed() - before;
  },
  async 'replies of the API are dropped'(world, random) {
    const before = world.replies.lost();
    world.replies.loseNext(random.whole(5, 20));
    await pause(2_000);
    return world.replies.lost() - before;
  },
  async 'the queue is away'(world, random) {
    const before = await waiting(world);
    await world.cloud.stopService('sqs');
    try {
      await pause(random.whole(3_000, 8_000));
    } finally {
      await world.cloud.startService('sqs');
    }
    return Math.max(0, (await waiting(world)) - before);
  },
  async 'the worker is killed'(world) {
    const waited = await waiting(world);
    await world.cloud.kill('EventWorker');
    return Math.min(waited, 1);
  },
  async 'handlers of payments are killed'(world) {
    await world.cloud.kill('payments');
    return 1;
  },
  async 'the relay is killed'(world, random) {
    await minutesPass(world, 2);
    const waited = await waiting(world);
    const relaying = world.cloud.fire('relay-events');
    await pause(random.whole(0, 150));
    await world.cloud.kill('RelayEvents');
    const { functionError } = await relaying;
    return waited > 0 && functionError !== undefined ? 1 : 0;
  },
  async 'messages are delivered again'(world, random) {
    const { rows } = await world.database.query<{ body: string }>(
      'select bank.event_json(entry)::text as body from bank.events entry order by created_at desc limit 200',
    );
    const sqs = new SQSClient({
      endpoint: world.cloud.endpoints.sqs ?? '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const again = random.sample(rows, 30);
    for (let first = 0; first < again.length; first += 10) {
      const Entries = again
        .slice(first, first + 10)
        .map(({ body }, index) => ({ Id: String(index), MessageBody: body }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: world.cloud.outputs.EventQueueUrl ?? '', Entries }));
    }
    sqs.destroy();
    return again.length;
  },
};
