import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Notification, openOutbox } from '../../../local/outbox/outbox.ts';
import { temporaryFolder } from '../assembly/fixture.ts';

const email: Notification = {
  kind: 'email',
  from: 'bank@bank.test',
  to: ['alice@bank.test', 'bob@bank.test'],
  subject: 'Frozen',
  body: 'Dear Alice,\n\nyour account is frozen.',
};

async function open() {
  const folder = join(await temporaryFolder(), 'outbox');
  const lines: string[] = [];
  const time = new Date('2026-01-02T03:04:05.678Z');
  const outbox = openOutbox(
    folder,
    line => lines.push(line),
    () => time,
  );
  return { folder, lines, outbox };
}

test('a notification is a readable file, for its owner alone, and one line', async () => {
  const { folder, lines, outbox } = await open();
  outbox.deliver(email);
  const [name = ''] = await readdir(folder);
  expect(name).toBe('20260102T030405.678Z-000001-email-alice@bank.test_bob@bank.test.txt');
  expect(await readFile(join(folder, name), 'utf8')).toBe(
    'Time: 2026-01-02T03:04:05.678Z\nKind: email\nFrom: bank@bank.test\nTo: alice@bank.test, bob@bank.test\n' +
      'Subject: Frozen\n\nDear Alice,\n\nyour account is frozen.\n',
  );
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  expect(lines).toEqual(['email to alice@bank.test, bob@bank.test: Frozen']);
});

test('notifications of one moment sort in the order in which they came', async () => {
  const { folder, outbox } = await open();
  for (let count = 1; count <= 12; count++) outbox.deliver({ kind: 'sns', topic: 't', to: [], body: `m${count}` });
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
  expect(texts.map(text => text.trim().split('\n').at(-1))).toEqual(Array.from({ length: 12 }, (_, n) => `m${n + 1}`));
});

test('what somebody else wrote neither leaves the folder nor makes headers of its own', async () => {
  const { folder, lines, outbox } = await open();
  outbox.deliver({ kind: 'sns', topic: '../../../etc/passwd', to: [], subject: 'a\nTo: eve@bank.test', body: 'b' });
  const [name = '', ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect(name).toMatch(/-sns-\.\._\.\._\.\._etc_passwd\.txt$/);
  expect(await readFile(join(folder, name), 'utf8')).toContain('Subject: a To: eve@bank.test\n');
  expect(lines[0]?.split('\n')).toHaveLength(1);
});
