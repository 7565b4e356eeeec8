import { expect, test, vi } from 'vitest';
import { serveDataApi, startDataApi } from '../../../local/data-api/index.ts';
import { freshDatabase } from '../../support/postgres.ts';
import { body } from './data-api-client.ts';

async function currentDatabase(url: string, members: Record<string, unknown>): Promise<string> {
  const request = body({ sql: 'select current_database()', ...members });
  const reply = await fetch(`${url}/Execute`, { method: 'POST', headers: { authorization: 'x' }, body: request });
  return reply.text();
}

test('served alone, any ARN leads to the database given, and `database` picks another of its server', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  const api = await serveDataApi({ port: 0, databaseUrl: one.url });
  try {
    expect(await currentDatabase(api.url, { resourceArn: 'any' })).toContain(one.name);
    expect(await currentDatabase(api.url, { database: two.name })).toContain(two.name);
  } finally {
    await api.close();
    await Promise.all([one.drop(), two.drop()]);
  }
});

test('closing ends what is running and rolls back what is open', async () => {
  const database = await freshDatabase();
  const api = await startDataApi({ connect: () => ({ connectionString: database.url }) });
  const post = (path: string, members: Record<string, unknown>) =>
    fetch(api.url + path, { method: 'POST', headers: { authorization: 'x' }, body: body(members) });
  await post('/Execute', { sql: 'create table t (n int)' });
  const { transactionId } = (await (await post('/BeginTransaction', {})).json()) as { transactionId: string };
  await post('/Execute', { sql: 'insert into t values (1)', transactionId });
  const slow = post('/Execute', { sql: 'select pg_sleep(20)' }).then(
    reply => reply.status,
    () => 'cut',
  );
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query(
      "select 1 from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid()",
    );
    expect(rows).toHaveLength(1);
  }, 10_000);
  await api.close();
  expect([504, 'cut']).toContain(await slow);
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query('select count(*)::int as n from t');
    expect(rows).toEqual([{ n: 0 }]);
  });
  await database.drop();
});

test('a port that is taken is an error, not a second server', async () => {
  const connect = () => ({});
  const first = await startDataApi({ connect });
  await expect(startDataApi({ connect, port: first.port })).rejects.toThrow('EADDRINUSE');
  await first.close();
});

test('a backend is kept from one minute to the next, and not for long after that', async () => {
  const database = await freshDatabase();
  const api = await startDataApi({ connect: () => ({ connectionString: database.url }) });
  const backend = async () => {
    const request = body({ sql: 'select pg_backend_pid()' });
    const reply = await fetch(`${api.url}/Execute`, { method: 'POST', headers: { authorization: 'x' }, body: request });
    return reply.text();
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const first = await backend();
    vi.advanceTimersByTime(61_000);
    expect(await backend()).toBe(first);
    vi.advanceTimersByTime(120_000);
    expect(await backend()).not.toBe(first);
  } finally {
    vi.useRealTimers();
    await api.close();
    await database.drop();
  }
});
