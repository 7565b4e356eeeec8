import { access, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { locateBinaries } from '../../../local/postgres/binaries.ts';
import { ensureCluster, ensureDirectory } from '../../../local/postgres/cluster.ts';
import { chooseIdentity } from '../../../local/postgres/identity.ts';
import { chooseLauncher } from '../../../local/postgres/launcher.ts';
import { clusterPaths } from '../../../local/postgres/paths.ts';
import { privateFolder } from './support.ts';

const quietly = (): void => undefined;

test('programs and data in a folder that only its owner may enter can be used, by root too', async () => {
  const folder = await privateFolder();
  const { initdb } = await locateBinaries();
  await symlink(dirname(initdb), join(folder, 'bin'));
  const binaries = { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') };
  const paths = clusterPaths(join(folder, 'postgres'));
  const identity = await chooseIdentity(paths.data, quietly);
  await ensureDirectory(paths, identity);
  const launch = await chooseLauncher(identity, binaries, paths.directory);
  await ensureCluster(paths, launch, binaries.initdb, { identity, durable: false, progress: quietly });
  await expect(access(join(paths.data, 'PG_VERSION'))).resolves.toBeUndefined();
});

test('programs that the chosen user cannot run are one line with the mend', async () => {
  const folder = await privateFolder();
  const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  await expect(chooseLauncher({ uid: 65_534, gid: 65_534 }, binaries, folder)).rejects.toThrow(
    /^PostgreSQL may not run as root, .*: move the clone to a folder that others may enter, or run as an ordinary user\.$/,
  );
});
