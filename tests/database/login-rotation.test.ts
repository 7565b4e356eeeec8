import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import * as z from 'zod';
import { createDatabase, type Database, dataApiClient } from '../../lambdas/adapters/database.ts';
import { ensureUser } from '../../lambdas/deploy/database-users.ts';
import { handler } from '../../lambdas/deploy/rotate-login.ts';
import { rotationSteps } from '../../lambdas/deploy/run-rotation.ts';
import { startDataApi } from '../../local/data-api/index.ts';
import { type SecretsManager, startSecretsManager } from '../../local/secrets-manager/secrets-manager.ts';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';
import { lambdaContext } from '../unit/support/events.ts';

// Roles are the whole server's, which other files use at the same time.
const login = `bank_rotated_${randomBytes(4).toString('hex')}`;
const twin = `${login}_twin`;
const arnOf = (name: string) => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-AbCdEf`;
const [secretArn, ownerArn, probeArn] = ['login', 'owner', 'probe'].map(arnOf) as [string, string, string];

let database: TestDatabase;
let secrets: SecretsManager;
let dataApi: Awaited<ReturnType<typeof startDataApi>>;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([bankDatabase(), mkdtemp(join(tmpdir(), 'countinghouse-rotation-'))]);
  const secretString = (username: string) => JSON.stringify({ username, password: 'first', engine: 'postgres' });
  secrets = await startSecretsManager({
    directory: folder,
    secrets: [
      { name: 'login', arn: secretArn, secretString: secretString(login) },
      { name: 'owner', arn: ownerArn, secretString: secretString('owner') },
      { name: 'probe', arn: probeArn, secretString: secretString('nobody') },
    ],
  });
  dataApi = await startDataApi({
    connect: ({ secretArn: arn }) => {
      const { username, password } = held(arn);
      const url = new URL(database.url);
      if (username !== 'owner') Object.assign(url, { username, password });
      return { connectionString: url.href };
    },
  });
  await ensureUser(as(ownerArn), login, 'first');
  await database.pool.query(`
    create function public.for_the_login() returns text language sql return '"allowed"';
    revoke all on function public.for_the_login from public;
    grant execute on function public.for_the_login to ${login};`);
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
  const variables = {
    ...keys,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_RDS_DATA: dataApi.url,
    DATABASE_CLUSTER_ARN: 'cluster',
    DATABASE_SECRET_ARN: ownerArn,
    DATABASE_NAME: database.name,
    PROBE_SECRET_ARN: probeArn,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await dataApi?.close();
  await secrets?.close();
  await database?.drop();
  const server = new Client({ connectionString: inject('postgresUrl') });
  await server.connect();
  await server.query(`drop role if exists ${twin}; drop role if exists ${login}`);
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

/** What a secret holds now. */
function held(arn: string): { username: string; password: string } {
  return JSON.parse(secrets.currentValue(arn)?.secretString ?? '{}');
}

/** The bank's own way to the database, as a function that was given a secret has it. */
function as(arn: string): Database {
  return createDatabase({
    target: { resourceArn: 'cluster', secretArn: arn, database: database.name },
    client: dataApiClient({
      endpoint: dataApi.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    // Time for one try.
    remainingTime: () => 5_000,
  });
}

const work = () =>
  as(secretArn).query({ sql: 'select public.for_the_login()::json', parameters: {}, answer: z.string() });
const step = (version: string, Step: string) =>
  handler(
    { SecretId: secretArn, ClientRequestToken: version, Step },
    { ...lambdaContext(), getRemainingTimeInMillis: () => 5_000 },
  );

/** Logs in to PostgreSQL itself. */
async function logIn({ username, password }: { username: string; password: string }): Promise<string> {
  const url = new URL(database.url);
  const client = new Client({
    host: url.hostname,
    port: Number(url.port),
    database: database.name,
    user: username,
    password,
  });
  try {
    await client.connect();
    return 'let in';
  } catch (error) {
    return String((error as { code?: string }).code);
  } finally {
    await client.end().catch(() => undefined);
  }
}

test('a rotation gives the login its other user, each step as often as it is asked for, and nobody is kept waiting', async () => {
  const before = held(secretArn);
  const version = randomUUID();
  let going = true;
  let worked = 0;
  const worker = async () => {
    while (going) {
      expect(await work()).toBe('allowed');
      worked += 1;
    }
  };
  const workers = [worker(), worker()];
  for (const name of rotationSteps) {
    const during = held(secretArn);
    await step(version, name);
    await step(version, name);
    if (name !== 'finishSecret') expect(held(secretArn)).toEqual(during);
  }
  going = false;
  await Promise.all(workers);
  expect(worked).toBeGreaterThan(0);
  const after = held(secretArn);
  expect(after).toEqual({ ...before, username: twin, password: expect.stringMatching(/^[A-Za-z0-9]{32}$/) });
  expect(await work()).toBe('allowed');
  // Who has read the secret just before is not turned away.
  expect(await Promise.all([before, after].map(logIn))).toEqual(['let in', 'let in']);
});

test('the next rotation comes back to the first user, whose old password is worth nothing any more', async () => {
  const previous = held(secretArn);
  const version = randomUUID();
  for (const name of rotationSteps) await step(version, name);
  expect(held(secretArn).username).toBe(login);
  expect(await logIn({ username: login, password: 'first' })).toBe('28P01');
  expect(await Promise.all([previous, held(secretArn)].map(logIn))).toEqual(['let in', 'let in']);
  expect(await work()).toBe('allowed');
});

test('the twin has the limits of a login, and belongs to nothing else', async () => {
  const { rows } = await database.pool.query(
    `select rolname, rolconfig, rolcanlogin, rolsuper, rolcreaterole,
            (select array_agg(roleid::regrole::text) from pg_auth_members where member = role.oid) as member_of
       from pg_roles role where rolname in ($1, $2) order by rolname`,
    [login, twin],
  );
  const powers = { rolcanlogin: true, rolsuper: false, rolcreaterole: false };
  const limits = { rolconfig: ['statement_timeout=8s', 'lock_timeout=5s', 'TimeZone=UTC'] };
  expect(rows).toEqual([
    { rolname: login, ...limits, ...powers, member_of: null },
    { rolname: twin, ...limits, ...powers, member_of: [login] },
  ]);
});

test('a version whose user was never given its password is not made the current one', async () => {
  const before = held(secretArn);
  const version = randomUUID();
  await step(version, 'createSecret');
  await expect(step(version, 'testSecret')).rejects.toThrow(/may be sent again/);
  expect(held(secretArn)).toEqual(before);
  // Secrets Manager begins anew some time: the steps go on from where they were.
  for (const name of rotationSteps) await step(version, name);
  expect(held(secretArn).username).not.toBe(before.username);
});

test('a version that nothing was made for is refused, and one that is finished stays as it is', async () => {
  for (const name of ['setSecret', 'testSecret', 'finishSecret']) {
    await expect(step(randomUUID(), name)).rejects.toThrow(/is not the one to rotate to/);
  }
  await expect(step(randomUUID(), 'deleteSecret')).rejects.toThrow(/Step/);
  const version = randomUUID();
  for (const name of rotationSteps) await step(version, name);
  const after = held(secretArn);
  for (const name of rotationSteps) await step(version, name);
  expect(held(secretArn)).toEqual(after);
});
