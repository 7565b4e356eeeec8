import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessToken } from '../../local/demo/identity.ts';
import { demoPassword } from '../../local/demo/users.ts';
import { expectOneLine, run } from '../support/programs.ts';
import { startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let home: string;
beforeAll(async () => {
  [bank, home] = await Promise.all([startSystem(), mkdtemp(join(tmpdir(), 'countinghouse-user-'))]);
  const { apiUrl, endpoints, outputs } = bank.cloud;
  const identity = { endpoint: '', userPoolId: '', userPoolClientId: '' };
  await writeFile(
    join(home, 'running.json'),
    JSON.stringify({ apiUrl, databaseUrl: '', endpoints, outputs, identity }),
  );
});
afterAll(async () => {
  await bank?.close();
  await rm(home, { recursive: true, force: true });
});

const user = (args: string[], changes: Record<string, string> = {}) =>
  run(process.execPath, ['ops/user.ts', ...args], { BANK_HOME: home, ...changes });

test('the first admin of a new bank can sign in and do what admins may; made again, it is the same user', async () => {
  const email = 'first@demo.example';
  const password = { USER_PASSWORD: demoPassword };
  const made = await user([email, '--group', 'admin'], password);
  expect(made).toEqual({ code: 0, stdout: `${email} was made, and is in admin.\n`, stderr: '' });
  const again = await user([email, '--group', 'admin', '--group', 'teller'], password);
  expect(again.stdout).toBe(`${email} was there, and is in admin, teller.\n`);
  const token = await accessToken(bank.identity, 'first');
  expect((await bank.call(token, 'GET', '/fee-rules')).status).toBe(200);
});

test('without a password the user gets a temporary one by mail, which alone lets nobody in', async () => {
  const made = await user(['mailed@demo.example', '--group', 'teller']);
  expect([made.code, made.stderr]).toEqual([0, '']);
  await expect(accessToken(bank.identity, 'mailed')).rejects.toThrow();
});

test('what is wrong is told in one line', async () => {
  for (const args of [[], ['--help']]) {
    expect(await user(args)).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: npm run -s user') });
  }
  expectOneLine(await user(['nobody', '--group', 'admin']), /email address, not "nobody"/);
  expectOneLine(await user(['a@demo.example']), /--group is missing: name one of .*admin/);
  expectOneLine(await user(['a@demo.example', '--group', 'root']), /--group is root/);
  expectOneLine(await user(['a@demo.example', '--grou', 'admin']), /--grou.*--help/);
  const weak = await user(['b@demo.example', '--group', 'admin'], { USER_PASSWORD: 'weak' });
  expectOneLine(weak, /b@demo\.example was not made ready, do it again: .*assword/);
  const elsewhere = { BANK_HOME: join(home, 'nothing') };
  expectOneLine(await user(['a@demo.example', '--group', 'admin'], elsewhere), /^No bank is running here/);
});
