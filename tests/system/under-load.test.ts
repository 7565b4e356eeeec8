import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { check } from '../../bench/faults/check.ts';
import { readHistory, writeHistory } from '../../bench/faults/history.ts';
import { lossyProxy } from '../../bench/faults/lossy-proxy.ts';
import { runFaults } from '../../bench/faults/run.ts';
import type { World } from '../../bench/faults/world.ts';
import { createUsers } from '../../bench/load/users.ts';
import { expectOneLine, run } from '../support/programs.ts';
import { startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
beforeAll(async () => {
  bank = await startSystem();
});
afterAll(() => bank?.close());

/** Runs the load against the bank of this file, whose user pool is found as an SDK finds it. */
async function load(...args: string[]) {
  const { token } = await bank.user('admin', 'teller');
  return run(process.execPath, ['bench/load.ts', '--url', bank.cloud.apiUrl, '--token', token, ...args], {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: bank.identity.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    BANK_HOME: join(inject('runDirectory'), 'nowhere'),
  });
}

/** Everything that the load must leave as it was. */
async function standing(): Promise<unknown> {
  const { rows } = await bank.database.pool.query(`
    select (select jsonb_agg(to_jsonb(rule) order by rule.rule) from bank.fraud_rules rule) as rules,
           (select to_jsonb(settings) from bank.fraud_settings settings) as settings,
           (select count(*)::integer from bank.accounts where status <> 'CLOSED') as open,
           (select count(*)::integer from bank.fraud_alerts) as alerts,
           (select jsonb_agg(to_jsonb(own) order by own.customer_id) from bank.rate_limits own
             where (transfers_per_minute, requests_per_hour) <> (10, 1000)) as limits`);
  return rows[0];
}

test('a load on a bank that runs makes customers of its own, loses nothing, and leaves nothing changed or open behind', async () => {
  const gate = (enabled: boolean) =>
    bank.database.pool.query("update bank.fraud_rules set enabled = $1 where phase = 'GATE'", [enabled]);
  await gate(true);
  onTestFinished(async () => {
    await gate(false);
  });
  await bank.account(await bank.person('customer'));
  const before = await standing();
  const { code, stdout, stderr } = await load('--users', '3', '--in-flight', '6', '--duration', '1', '--json');
  expect([code, stderr.includes('6 at once')]).toEqual([0, true]);
  const outcome = JSON.parse(stdout);
  expect(outcome).toMatchObject({ users: 3, in_flight: 6, fives: 0, refused: 0, unknown: 0, differences: [] });
  expect(outcome.transfers).toBeGreaterThan(5);
  expect(outcome.read_back).toBe(outcome.paid_in);
  expect(await standing()).toEqual(before);
}, 120_000);

test('a token of somebody who may not is told in one line', async () => {
  const { token } = await bank.user('teller');
  const refused = await run(process.execPath, ['bench/load.ts', '--url', bank.cloud.apiUrl, '--token', token]);
  expectOneLine(refused, /--token is no access token of a user who is in the groups admin and teller/);
});

/** The bank of this file, as a run of faults breaks it; PostgreSQL and the way to it are shared with other files, and left alone. */
async function breakable(): Promise<World> {
  let toLose = 0;
  const proxy = await lossyProxy(bank.cloud.apiUrl, () => toLose > 0 && toLose-- > 0);
  onTestFinished(() => proxy.close());
  const { endpoint, userPoolId, userPoolClientId } = bank.identity;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const users = createUsers({
    userPoolId,
    clientId: userPoolClientId,
    client: { endpoint, region: 'us-east-1', credentials },
  });
  return {
    cloud: bank.cloud,
    url: proxy.url,
    replies: {
      ...proxy,
      loseNext(replies) {
        toLose += replies;
      },
    },
    wire: { port: 0, loseNext: () => {}, delayBy: () => {}, lost: () => 0, delayed: () => 0, close: async () => {} },
    database: bank.database.pool,
    databaseUrl: bank.database.url,
    killPostgres: async () => {},
    deadlocks: async () => 0,
    addUser: (...groups) => users.add(...groups),
  };
}

test('handlers and relay are killed, replies dropped, messages doubled: nothing is lost, nothing happens twice', async () => {
  const faults = [
    'handlers of payments are killed',
    'the relay is killed',
    'replies of the API are dropped',
    'messages are delivered again',
  ];
  const file = join(inject('runDirectory'), `${randomUUID()}.jsonl`);
  const history = writeHistory(file);
  const ran = await runFaults(
    await breakable(),
    { seed: 1, clients: 4, faults, goesOn: count => count < faults.length },
    history,
    () => undefined,
  );
  await history.close();
  expect(Object.values(ran.faults).filter(({ fired }) => fired === 0)).toEqual([]);
  expect(ran.drained).toBe(true);
  expect(ran.operations.done).toBeGreaterThan(20);
  expect(ran.reads).toBeGreaterThan(0);
  expect(await check(await readHistory(file), bank.database.pool)).toEqual([]);
}, 120_000);
