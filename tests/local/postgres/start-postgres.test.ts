import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../../../local/postgres/processes.ts';
import { privateFolder, query, started } from './support.ts';

test('a fresh directory becomes a cluster: UTF-8, UTC, 127.0.0.1 only, password required', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const { url } = await started({ directory });
  const [settings] = await query(
    url,
    `select current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
            current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
            (select datlocale from pg_database where datname = 'postgres') as locale`,
  );
  expect(settings).toEqual({ encoding: 'UTF8', zone: 'UTC', addresses: '127.0.0.1', sockets: '', locale: 'C.UTF-8' });
  const stranger = new URL(url);
  stranger.password = 'guess';
  await expect(query(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

test('the server never runs as root, and its password is for its user alone', async () => {
  const directory = join(await privateFolder(), 'postgres');
  await started({ directory });
  const [data, password] = await Promise.all([
    stat(join(directory, 'data')),
    stat(join(directory, 'superuser-password')),
  ]);
  expect(data.uid).not.toBe(0);
  expect(password.uid).toBe(data.uid);
  expect(password.mode & 0o777).toBe(0o600);
});

test('data and password outlast a stop and a start', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const first = await started({ directory, durable: true });
  await query(first.url, 'create table kept (id int); insert into kept values (7)');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await started({ directory });
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
  expect(await query(second.url, 'select id from kept')).toEqual([{ id: 7 }]);
});

test('given settings win, and the log starts anew with one earlier kept', async () => {
  const directory = join(await privateFolder(), 'postgres');
  for (const work_mem of ['5MB', '6MB', '7MB']) {
    const postgres = await started({ directory, settings: { work_mem } });
    expect(await query(postgres.url, 'show work_mem')).toEqual([{ work_mem }]);
    await postgres.stop();
  }
  expect((await readdir(directory)).filter(name => name.endsWith('.log')).sort()).toEqual([
    'postgres.log',
    'postgres.previous.log',
  ]);
});

test('a taken port is one line that names it', async () => {
  const other = createServer();
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const directory = join(await privateFolder(), 'postgres');
  await expect(started({ directory, port })).rejects.toThrow(new RegExp(`^Port ${port} is taken .*$`));
  other.close();
});

test('a setting that PostgreSQL refuses is one line with its reason', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const refused = started({ directory, settings: { shared_buffers: 'much' } });
  await expect(refused).rejects.toThrow(/^PostgreSQL did not start: .*shared_buffers.*$/);
});

test('a lost or altered password is one line that says so', async () => {
  const directory = join(await privateFolder(), 'postgres');
  const password = join(directory, 'superuser-password');
  await (await started({ directory })).stop();
  await writeFile(password, 'altered\n');
  await expect(started({ directory })).rejects.toThrow(/^PostgreSQL started but refused the sign-in .*$/);
  await rm(password);
  await expect(started({ directory })).rejects.toThrow(/superuser-password is missing.*$/);
});

test('a temporary cluster is removed when it stops', async () => {
  const folder = await privateFolder();
  const postgres = await started({ directory: join(folder, 'postgres'), temporary: true });
  await postgres.stop();
  expect(await readdir(folder)).toEqual([]);
});
