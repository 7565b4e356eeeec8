import { afterAll, beforeAll, expect, test } from 'vitest';
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
    BANK_HOME: '/nowhere',
  });
}

/** Everything that the load must leave as it was. */
async function standing(): Promise<unknown> {
  const { rows } = await bank.database.pool.query(`
    select (select jsonb_agg(to_jsonb(rule) order by rule.rule) from bank.fraud_rules rule) as rules,
           (select to_jsonb(settings) from bank.fraud_settings settings) as settings,
           (select jsonb_agg(to_jsonb(own) order by own.customer_id) from bank.rate_limits own
             join bank.customers customer on customer.id = own.customer_id where customer.last_name <> 'Test') as limits`);
  return rows[0];
}

test('a load on a bank that runs makes customers of its own, loses nothing, and leaves nothing open behind', async () => {
  await bank.database.pool.query("update bank.fraud_rules set enabled = true where phase = 'GATE'");
  await bank.person('customer');
  const before = await standing();
  const { code, stdout, stderr } = await load('--users', '3', '--in-flight', '6', '--duration', '1', '--json');
  expect([code, stderr.includes('FAILED')]).toEqual([0, false]);
  const outcome = JSON.parse(stdout);
  expect(outcome).toMatchObject({ users: 3, in_flight: 6, fives: 0, refused: 0, unknown: 0, differences: [] });
  expect(outcome.transfers).toBeGreaterThan(5);
  expect(outcome.read_back).toBe(outcome.paid_in);

  expect(await standing()).toEqual(before);
  const { rows } = await bank.database.pool.query(
    `
    select (select count(*)::integer from bank.accounts where status <> 'CLOSED') as open,
           (select count(*)::integer from bank.transactions where transaction_type = 'TRANSFER' and status = 'COMPLETED') >= $1 as counted,
           (select count(*)::integer from bank.fraud_alerts) as alerts,
           (select count(*)::integer from bank.rate_limits own join bank.customers customer on customer.id = own.customer_id
             where customer.last_name = 'Test' and (transfers_per_minute, requests_per_hour) <> (10, 1000)) as lifted`,
    [outcome.transfers],
  );
  expect(rows[0]).toEqual({ open: 0, counted: true, alerts: 0, lifted: 0 });
});

test('a token of somebody who may not is told in one line', async () => {
  const { token } = await bank.user('teller');
  const refused = await run(process.execPath, ['bench/load.ts', '--url', bank.cloud.apiUrl, '--token', token]);
  expectOneLine(refused, /--token is no access token of a user who is in the groups admin and teller/);
});
