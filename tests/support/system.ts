import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '../../client/index.ts';
import type { Role } from '../../lambdas/domain/caller.ts';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { accessToken, ensureUser, type Identity, identityOf } from '../../local/demo/identity.ts';
import { localAssembly } from './assembly.ts';
import { testPassword } from './data-api.ts';
import { bankDatabase, type TestDatabase } from './postgres.ts';
import { giveLimits } from './rate-limits.ts';
import { seedCustomer } from './seed-customer.ts';

/** An answer of the API. */
export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** Somebody with a token. */
export interface Person {
  id: string;
  name: string;
  token: string;
}

/** The whole bank on the local cloud, for the tests of one file. */
export interface TestSystem {
  cloud: Cloud;
  database: TestDatabase;
  identity: Identity;
  /** The API's own calls of the Data API since the last time this was asked. */
  callsSinceLast(): number;
  /** A user in these groups, signed in, whom the bank does not know yet. */
  user(...groups: Role[]): Promise<Person>;
  /** A user in these groups, signed in; a customer is registered with the bank, with rate limits out of every test's way. */
  person(...groups: Role[]): Promise<Person>;
  /** The API's own client, for requests that are as they should be. */
  client(who: Person): Client;
  /** Sends a request. `body` that is a string goes as it is. */
  call(
    who: Person | string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** Opens an account that holds an amount. */
  account(owner: Person, amount?: string, terms?: Record<string, string>): Promise<string>;
  balance(account: string): Promise<string>;
  /** Everything that the cloud has logged. */
  log(): string;
  close(): Promise<void>;
}

/** What the worker and the schedules ask for, at times of their own. */
const background =
  /\bbank\.(process_events|read_review_features|read_outbox|claim_\w+|mark_\w+|last_audit_seal|read_unsealed_audit|add_audit_seal)\(/;

/** Starts the synthesised app on a database of its own. */
export async function startSystem(): Promise<TestSystem> {
  const [assembly, database, home] = await Promise.all([
    localAssembly(),
    bankDatabase(),
    mkdtemp(join(tmpdir(), 'countinghouse-system-')),
  ]);
  const lines: string[] = [];
  let calls = 0;
  const cloud = await startCloud({
    assembly,
    home,
    databaseUrl: database.url,
    log: line => lines.push(line),
    generatePassword: () => testPassword,
    // What a schedule does is done when a test fires it.
    schedules: false,
    // Few files call all of the API.
    prewarm: false,
    onDataApiCall: ({ sql = '' }) => {
      if (!background.test(sql)) calls += 1;
    },
  });
  const identity = identityOf(cloud);
  const system: TestSystem = {
    cloud,
    database,
    identity,
    callsSinceLast: () => {
      const since = calls;
      calls = 0;
      return since;
    },
    async user(...groups) {
      const name = `${groups.join('-') || 'nobody'}-${randomUUID().slice(0, 8)}`;
      const id = await ensureUser(identity, name, groups);
      return { id, name, token: await accessToken(identity, name) };
    },
    async person(...groups) {
      const person = await system.user(...groups);
      if (groups.includes('customer')) {
        await seedCustomer(database.pool, person.id);
        await giveLimits(database.pool, person.id);
      }
      return person;
    },
    client: who => createClient({ baseUrl: cloud.apiUrl, token: who.token }),
    async call(who, method, path, body, headers = {}) {
      const token = typeof who === 'object' ? who.token : who;
      const response = await fetch(`${cloud.apiUrl}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
    },
    async account(owner, amount = '0', terms = {}) {
      staff ??= await system.person('teller');
      const { status, body } = await system.call(staff, 'POST', '/accounts', {
        customer_id: owner.id,
        account_type: 'CHECKING',
        ...terms,
      });
      if (status !== 201) {
        throw new Error(`No account was opened: ${JSON.stringify(body)}`);
      }
      if (Number(amount) > 0) {
        await system.call(staff, 'POST', '/deposit', { account_id: body.id, amount });
      }
      return String(body.id);
    },
    async balance(account) {
      const { rows } = await database.pool.query(
        'select balance::numeric(19,2)::text as balance from bank.accounts where id = $1',
        [account],
      );
      return rows[0].balance;
    },
    log: () => lines.join('\n'),
    async close() {
      await cloud.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
  let staff: Person | undefined;
  return system;
}
