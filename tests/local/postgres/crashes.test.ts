import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive, until } from '../../../local/postgres/processes.ts';
import { heldServer, killGroup, privateFolder, query, spawnHolder, started } from './support.ts';

test('committed data outlast kill -9 of the server', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const first = await started({ directory, durable: true });
  await query(first.url, 'create table kept (id int); insert into kept values (1)');
  process.kill(first.pid, 'SIGKILL');
  const second = await started({ directory, durable: true });
  expect(await query(second.url, 'select id from kept')).toEqual([{ id: 1 }]);
});

test('committed data outlast kill -9 of the whole process group, and the next start follows at once', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const holder = spawnHolder(directory);
  const { url } = await heldServer(holder);
  await query(url, 'create table kept (id int); insert into kept values (2)');
  killGroup(holder);
  const next = await started({ directory });
  expect(await query(next.url, 'select id from kept')).toEqual([{ id: 2 }]);
});

test('a server ends by itself when the process that started it is killed', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const holder = spawnHolder(directory);
  const { pid } = await heldServer(holder);
  holder.kill('SIGKILL');
  expect(await until(() => !isAlive(pid), 20_000)).toBe(true);
});

test('a server that was left running is stopped and its data served anew', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const orphan = await started({ directory });
  await query(orphan.url, 'create table kept (id int); insert into kept values (3)');
  const next = await started({ directory });
  expect(isAlive(orphan.pid)).toBe(false);
  expect(await query(next.url, 'select id from kept')).toEqual([{ id: 3 }]);
});

test('a server that was left running in a folder moved since is stopped and its data served anew', async () => {
  const folder = await privateFolder();
  const orphan = await started({ directory: join(folder, 'before'), durable: true });
  await query(orphan.url, 'create table kept (id int); insert into kept values (4)');
  await rename(join(folder, 'before'), join(folder, 'after'));
  const next = await started({ directory: join(folder, 'after') });
  expect(isAlive(orphan.pid)).toBe(false);
  expect(await query(next.url, 'select id from kept')).toEqual([{ id: 4 }]);
});

test('a session that outlives its killed server does not block the next', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const first = await started({ directory });
  const busy = new Client({ connectionString: first.url });
  busy.on('error', () => undefined);
  await busy.connect();
  const { rows } = await busy.query<{ pid: number }>('select pg_backend_pid() as pid');
  const endless = busy.query('do $$ begin loop null; end loop; end $$').catch(() => undefined);
  process.kill(first.pid, 'SIGKILL');
  const next = await started({ directory });
  await endless;
  expect(isAlive(rows[0]?.pid ?? 0)).toBe(false);
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a lock file whose process id is another program by now does not block, and that program lives on', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const data = join(directory, 'data');
  const first = await started({ directory });
  const lock = await readFile(join(data, 'postmaster.pid'), 'utf8');
  await first.stop();
  const { uid, gid } = await stat(data);
  const other = spawn('sleep', ['600'], process.geteuid?.() === 0 ? { cwd: '/', uid, gid } : { cwd: '/' });
  onTestFinished(() => void other.kill());
  await once(other, 'spawn');
  await writeFile(join(data, 'postmaster.pid'), lock.replace(String(first.pid), String(other.pid)));
  const next = await started({ directory });
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(other.exitCode ?? other.signalCode).toBeNull();
});

test('an initdb killed half-way is redone', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const holder = spawnHolder(directory);
  const entries = (): Promise<string[]> => readdir(directory).catch(() => []);
  const begun = async (): Promise<boolean> => (await entries()).some(name => name.startsWith('data.unfinished-'));
  expect(await until(begun, 20_000)).toBe(true);
  killGroup(holder);
  expect(await entries()).not.toContain('data');
  const next = await started({ directory });
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('what an interrupted initdb left is removed', async () => {
  const directory = join(await privateFolder(), 'postgres');
  await mkdir(join(directory, 'data.unfinished-1', 'base'), { recursive: true });
  await started({ directory });
  expect((await readdir(directory)).filter(name => name.startsWith('data'))).toEqual(['data']);
});
