import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { emailOf } from '../../local/demo/users.ts';
import { listenOnLoopback } from '../../local/http-api/loopback-server.ts';
import { expectOneLine, type Finished, run } from '../support/programs.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let home: string;
let customer: Person;
let accounts: string[];
beforeAll(async () => {
  [bank, home] = await Promise.all([startSystem(), mkdtemp(join(tmpdir(), 'countinghouse-smoke-'))]);
  const { apiUrl, endpoints, outputs } = bank.cloud;
  const identity = { endpoint: '', userPoolId: '', userPoolClientId: '' };
  await writeFile(
    join(home, 'running.json'),
    JSON.stringify({ apiUrl, databaseUrl: bank.database.url, endpoints, outputs, identity }),
  );
  customer = await bank.person('customer');
  accounts = [await bank.account(customer, '5'), await bank.account(customer)];
});
afterAll(async () => {
  await bank?.close();
  await rm(home, { recursive: true, force: true });
});

const smoke = (options: string[], changes: Record<string, string> = {}) =>
  run(process.execPath, ['ops/smoke.ts', ...options], { BANK_HOME: home, ...changes });
const asCustomer = () => ['--user', emailOf(customer.name)];
const names = ({ stdout }: Finished, beginning: string) =>
  stdout
    .split('\n')
    .filter(line => line.startsWith(beginning))
    .map(line => line.slice(8).replace(/:.*/, ''));

const open = ['health', 'security headers', 'contract', 'reference page', 'no token', 'forged token', 'unknown route'];
const money = [
  'who I am',
  'two accounts',
  'a cent there',
  'the same again',
  'the key for another amount',
  'a tenth of a cent',
  'the cent back',
  'the history',
  'the balances',
];

describe('a bank that works', () => {
  test('passes every check, found by itself, and every balance is what it was', async () => {
    const finished = await smoke(asCustomer());
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    expect(names(finished, 'ok ')).toEqual([...open, ...money]);
    expect(finished.stdout).toContain(`All 16 checks passed at ${bank.cloud.apiUrl}\n`);
    expect(await Promise.all(accounts.map(account => bank.balance(account)))).toEqual(['5.00', '0.00']);
  });

  test('may be checked again, by its address and a token, and answers in JSON to who asks for that', async () => {
    const { code, stdout } = await smoke(['--url', `${bank.cloud.apiUrl}/`, '--json'], { SMOKE_TOKEN: customer.token });
    const report = JSON.parse(stdout);
    expect([code, report.ok, report.url]).toEqual([0, true, bank.cloud.apiUrl]);
    expect(report.checks.map((check: { name: string }) => check.name)).toEqual([...open, ...money]);
  });

  test('is checked as far as somebody without a token gets, where there is none', async () => {
    const finished = await smoke(['--url', bank.cloud.apiUrl]);
    expect([finished.code, names(finished, 'ok ')]).toEqual([0, open]);
    expect(finished.stdout).toMatch(/no money was moved/);
  });
});

describe('a bank that does not', () => {
  test('whose customer has no accounts is told by what could not be done, and what was not tried', async () => {
    const poor = await bank.person('customer');
    const finished = await smoke(['--token', poor.token]);
    expect(names(finished, 'FAILED')).toEqual(money.filter(name => name !== 'who I am'));
    expect(finished.stdout).toMatch(/FAILED {2}two accounts: the customer needs two ACTIVE accounts/);
    expect(finished.stdout).toMatch(/FAILED {2}a cent there: not tried, for want of two accounts/);
    expect([finished.code, finished.stderr]).toEqual([1, expect.stringMatching(/^8 of 16 checks failed at /)]);
  });

  test('whose customer has one account that is not frozen is told before anything has moved', async () => {
    const admin = await bank.person('admin');
    const freeze = (verb: string) =>
      bank.call(admin, 'POST', `/accounts/${accounts[1]}/${verb}`, { reason: 'Tried out' });
    expect((await freeze('freeze')).status).toBe(200);
    onTestFinished(async () => {
      await freeze('unfreeze');
    });
    const finished = await smoke(asCustomer());
    expect(names(finished, 'FAILED')[0]).toBe('two accounts');
    expect(await Promise.all(accounts.map(account => bank.balance(account)))).toEqual(['5.00', '0.00']);
  });

  test('of another version, open to everybody, is told check by check', async () => {
    const description = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
    delete description.paths['/transfer'];
    const server = await listenOnLoopback(
      createServer((request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(request.url === '/openapi.json' ? JSON.stringify(description) : '{"status":"unwell"}');
      }),
    );
    onTestFinished(() => server.close());
    const finished = await smoke(['--url', server.url]);
    expect([finished.code, names(finished, 'FAILED')]).toEqual([1, open]);
    expect(finished.stdout).toMatch(/FAILED {2}health: GET \/health says "unwell"/);
    expect(finished.stdout).toMatch(/FAILED {2}contract: another version is deployed, without POST \/transfer\n/);
    expect(finished.stdout).toMatch(/FAILED {2}no token: GET \/accounts answered 200, not 401/);
  });

  test('that is not there is told for each check, and ends', async () => {
    const server = await listenOnLoopback(createServer());
    await server.close();
    const finished = await smoke(['--url', server.url]);
    expect([finished.code, names(finished, 'FAILED')]).toEqual([1, open]);
    expect(finished.stdout).toMatch(/FAILED {2}health: fetch failed: connect ECONNREFUSED/);
  });
});

test('an account that moved too much within the hour is left alone before the fraud rules have to', async () => {
  const busy = await bank.person('customer');
  const [from, to] = [await bank.account(busy, '5'), await bank.account(busy, '1')];
  const move = (from_account_id: string, to_account_id: string) =>
    bank.call(busy, 'POST', '/transfer', { from_account_id, to_account_id, amount: '0.10' });
  for (let times = 0; times < 4; times += 1) {
    await move(from, to);
    await move(to, from);
  }
  const { code, stdout } = await smoke(['--token', busy.token]);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/money moved 9 times within the hour/)]);
});

test('it tells how it is used, and what is wrong with how it was', async () => {
  const { code, stdout } = await smoke(['--help']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Usage: npm run -s smoke -- ')]);
  expectOneLine(await smoke(['--ur', 'x']), /--ur.*--help/);
  expectOneLine(await smoke(['--url', 'localhost']), /--url is localhost/);
  expectOneLine(await smoke(['--url', 'http://127.0.0.1', '--stage', 'dev']), /--url goes with --token/);
  expectOneLine(await smoke(['--user', 'nobody@demo.example']), /nobody@demo\.example could not sign in/);
  const elsewhere = { BANK_HOME: join(home, 'nothing') };
  expectOneLine(await smoke([], elsewhere), /^No bank is running here.*--stage/);
});
