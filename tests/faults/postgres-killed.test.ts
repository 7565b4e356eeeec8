import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { freePort } from '../../local/postgres/free-port.ts';
import { isAlive, until } from '../../local/postgres/processes.ts';
import { type RunningPostgres, startPostgres } from '../../local/postgres/start-postgres.ts';
import { migrateTemplate } from '../support/migrate.ts';
import { ledgerDifferences, openTestBank, type TestBank } from '../support/test-bank.ts';

let folder: string;
let port: number;
let server: RunningPostgres;
let bank: TestBank;
let alice: ActingCaller;

/** A bank on a PostgreSQL of its own, which keeps what it has committed whatever becomes of it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countinghouse-killed-'));
  port = await freePort();
  server = await startPostgres({ directory: join(folder, 'postgres'), port });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('create database killed');
  await client.end();
  const url = new URL(server.url);
  url.pathname = '/killed';
  await migrateTemplate(url.href);
  const pool = new Pool({ connectionString: url.href, max: 4 });
  pool.on('error', () => undefined);
  bank = await openTestBank({ name: 'killed', url: url.href, pool, drop: () => pool.end() });
  alice = await bank.customer();
});
afterAll(async () => {
  await bank?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Sends one transfer of 1.00 under its one key until the bank tells what became of it. */
async function transferOne(from_account_id: string, to_account_id: string): Promise<string> {
  const transfer = { from_account_id, to_account_id, amount: '1', description: undefined, caller: alice };
  const key = randomUUID();
  for (;;) {
    try {
      return (await bank.ledger.postTransfer({ ...transfer, key })).transaction.id;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'UNAVAILABLE')) throw error;
    }
  }
}

async function killServer(): Promise<void> {
  const { pid } = server;
  process.kill(pid, 'SIGKILL');
  server = await startPostgres({ directory: join(folder, 'postgres'), port });
  expect(isAlive(pid)).toBe(false);
}

test('PostgreSQL is killed again and again under load: no acknowledged transfer is lost, none is made twice', async () => {
  const kills = 2;
  const accounts = await Promise.all(Array.from({ length: 4 }, () => bank.account(alice, '1000')));
  const acknowledged: string[] = [];
  let sent = 0;
  let working = true;
  const clients = Array.from({ length: 8 }, async (_, index) => {
    while (working) {
      sent += 1;
      acknowledged.push(await transferOne(accounts[index % 4] ?? '', accounts[(index + 1) % 4] ?? ''));
    }
  });
  const all = Promise.all(clients);
  let enough = true;
  for (let kill = 1; kill <= kills && enough; kill += 1) {
    const wanted = acknowledged.length + 20;
    enough = await until(() => acknowledged.length >= wanted, 20_000);
    await killServer();
  }
  working = false;
  await all;

  expect(enough, 'too few transfers went through between two kills').toBe(true);
  expect(acknowledged).toHaveLength(sent);
  const { rows } = await bank.database.pool.query(
    `select id from bank.transactions where transaction_type = 'TRANSFER' and status = 'COMPLETED' order by id`,
  );
  expect(rows.map(({ id }) => id)).toEqual(acknowledged.toSorted());
  const total = await bank.database.pool.query('select sum(balance)::text as total from bank.accounts');
  expect(total.rows).toEqual([{ total: '4000.0000' }]);
  expect(await ledgerDifferences(bank.database)).toEqual([]);
}, 120_000);
