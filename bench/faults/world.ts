import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { Role } from '../../lambdas/domain/caller.ts';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { freePort } from '../../local/postgres/free-port.ts';
import { type RunningPostgres, startPostgres } from '../../local/postgres/start-postgres.ts';
import { synthesise } from '../../local/synthesise.ts';
import type { CleanUp } from '../clean-up.ts';
import { createUsers, type User } from '../load/users.ts';
import { type LossyProxy, lossyProxy } from './lossy-proxy.ts';
import { type WireProxy, wireProxy } from './wire-proxy.ts';

/** A whole bank that can be broken: its clients reach it, and it reaches its database, through proxies. */
export interface World {
  cloud: Cloud;
  /** Where clients find the API. */
  url: string;
  /** Between the clients and the API; loses the replies to the next so many requests. */
  replies: LossyProxy & { loseNext(replies: number): void };
  /** Between the Data API and PostgreSQL. */
  wire: WireProxy;
  /** As the superuser, past the proxy. */
  database: Pool;
  databaseUrl: string;
  /** Kills PostgreSQL's main process and starts it again at the same address. */
  killPostgres(): Promise<void>;
  /** The deadlocks that PostgreSQL has logged. */
  deadlocks(): Promise<number>;
  addUser(...groups: Role[]): Promise<User>;
}

/** Starts a bank in a folder of its own, on a PostgreSQL of its own that keeps what it has committed. */
export async function startWorld(cleanUp: CleanUp, progress: (line: string) => void): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-faults-'));
  cleanUp.add(() => rm(folder, { recursive: true, force: true }));
  progress('synthesising the CDK app, starting PostgreSQL');
  const server = await startServer(join(folder, 'postgres'), cleanUp);
  await synthesise('local', join(folder, 'cdk.out'));
  const databaseUrl = await createDatabase(server.url());
  const database = new Pool({ connectionString: databaseUrl, max: 4 });
  database.on('error', () => undefined);
  cleanUp.add(() => database.end());

  const wire = await wireProxy(server.port);
  cleanUp.add(() => wire.close());
  const throughProxy = new URL(databaseUrl);
  throughProxy.port = String(wire.port);
  progress('starting the local cloud, applying migrations');
  const cloud = await startCloud({ assembly: join(folder, 'cdk.out'), home: folder, databaseUrl: throughProxy.href });
  cleanUp.add(() => cloud.close());
  // A load is not what people do: what the rules make of it is tested elsewhere.
  await database.query('update bank.fraud_rules set enabled = false');

  let toLose = 0;
  const proxy = await lossyProxy(cloud.apiUrl, () => toLose > 0 && toLose-- > 0);
  cleanUp.add(() => proxy.close());
  const users = createUsers({
    userPoolId: cloud.outputs.UserPoolId ?? '',
    clientId: cloud.outputs.UserPoolClientId ?? '',
    client: {
      endpoint: cloud.endpoints['cognito-identity-provider'] ?? '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
  });
  return {
    cloud,
    url: proxy.url,
    replies: {
      ...proxy,
      loseNext: replies => {
        toLose += replies;
      },
    },
    wire,
    database,
    databaseUrl,
    killPostgres: server.kill,
    deadlocks: async () => (await readFile(server.logFile(), 'utf8')).split('deadlock detected').length - 1,
    addUser: (...groups) => users.add(...groups),
  };
}

/** A PostgreSQL that can be killed, and is then started again on the same port. */
async function startServer(directory: string, cleanUp: CleanUp) {
  const port = await freePort();
  let running: RunningPostgres = await startPostgres({ directory, port });
  cleanUp.add(() => running.stop());
  return {
    port,
    url: () => running.url,
    logFile: () => running.logFile,
    async kill() {
      process.kill(running.pid, 'SIGKILL');
      running = await startPostgres({ directory, port });
    },
  };
}

async function createDatabase(serverUrl: string): Promise<string> {
  const pool = new Pool({ connectionString: serverUrl, max: 1 });
  try {
    await pool.query('create database bank');
  } finally {
    await pool.end();
  }
  const url = new URL(serverUrl);
  url.pathname = '/bank';
  return url.href;
}
