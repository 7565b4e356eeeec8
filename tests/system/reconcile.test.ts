import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { expectOneLine, run } from '../support/programs.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';
import { tamper } from '../support/tamper.ts';

let bank: TestSystem;
let home: string;
let auditor: Person;
let account: string;
beforeAll(async () => {
  [bank, home] = await Promise.all([startSystem(), mkdtemp(join(tmpdir(), 'countinghouse-reconcile-'))]);
  const { apiUrl, endpoints, outputs } = bank.cloud;
  const identity = { endpoint: '', userPoolId: '', userPoolClientId: '' };
  await writeFile(
    join(home, 'running.json'),
    JSON.stringify({ apiUrl, databaseUrl: bank.database.url, endpoints, outputs, identity }),
  );
  auditor = await bank.person('auditor');
  account = await bank.account(await bank.person('customer'), '100');
});
afterAll(async () => {
  await bank?.close();
  await rm(home, { recursive: true, force: true });
});

const reconcile = (...options: string[]) =>
  run(process.execPath, ['ops/reconcile.ts', ...options], { BANK_HOME: home });

test('a bank that agrees with itself is told in one line', async () => {
  const stdout = 'zero differences: 1 accounts, 1 transactions, 2 postings\n';
  expect(await reconcile()).toEqual({ code: 0, stdout, stderr: '' });
});

test('another cluster, such as a restored one, is compared from here', async () => {
  const stdout = 'zero differences: 1 accounts, 1 transactions, 2 postings\n';
  const cluster = bank.cloud.outputs.DatabaseClusterArn ?? '';
  expect(await reconcile('--cluster', cluster)).toEqual({ code: 0, stdout, stderr: '' });
  expectOneLine(await reconcile('--cluster', `${cluster}-elsewhere`), /^The ledger was not reconciled: /);
});

test('one posting that a superuser altered is named by its transaction and account, and stays as it is', async () => {
  const change = (by: number) =>
    tamper(bank, 'update bank.postings set amount = amount + $2 where account_id = $1', [account, by]);
  const { rows } = await bank.database.pool.query('select id from bank.transactions');
  onTestFinished(() => change(-1));
  await change(1);
  const { code, stdout, stderr } = await reconcile();
  expect(stdout).toMatch(
    RegExp(`^posting_chain: transaction ${rows[0].id}: its posting of account ${account} adds 101.0000 to 0 and`, 'm'),
  );
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^4 differences: 1 accounts, 1 transactions, 2 postings/)]);
  expect((await reconcile()).stdout).toBe(stdout);
});

test('the reports are there for auditors, with what was found', async () => {
  const { status, body } = await bank.call(auditor, 'GET', '/reconciliations?limit=1');
  const [latest] = body.reconciliations as { id: string; outcome: string; differences: number }[];
  expect([status, latest]).toEqual([200, expect.objectContaining({ outcome: 'DIFFERENT', differences: 4 })]);
  const report = await bank.call(auditor, 'GET', `/reconciliations/${latest?.id}`);
  expect(report.body).toMatchObject({ ...latest, findings: Array(4).fill({ detail: expect.any(String) }) });
});

test('it tells how it is used, and that no bank runs here', async () => {
  const { code, stdout } = await reconcile('--help');
  expect([code, stdout]).toEqual([0, expect.stringContaining('npm run -s reconcile -- [--stage NAME]')]);
  expectOneLine(await reconcile('--stag', 'dev'), /--stag.*--help/);
  const elsewhere = await run(process.execPath, ['ops/reconcile.ts'], { BANK_HOME: join(home, 'nothing') });
  expectOneLine(elsewhere, /^No bank is running here.*--stage/);
});
