import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { demoUsers } from '../../local/demo/users.ts';
import { freePort } from '../../local/postgres/free-port.ts';
import { until } from '../../local/postgres/processes.ts';
import {
  command,
  expectOneLine,
  type Finished,
  family,
  killGroup,
  type Program,
  run,
  start,
  survivors,
} from '../support/programs.ts';
import { routeNamed } from '../support/route-examples.ts';

const slow = 180_000;

let home: string;
let port: number;
let program: Program | undefined;
/** What `npm run -s token -- alice` answered the moment that the bank was healthy for the first time. */
let firstToken: Finished;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'countinghouse-start-'));
  port = await freePort();
  await running();
  firstToken = await command('token', ['alice'], here());
  await program?.printed(/npm run reset/);
}, slow);
afterAll(async () => {
  // A bank that ends by itself takes its lock's file with it.
  killGroup(program, 'SIGINT');
  await program?.ended;
  await rm(home, { recursive: true, force: true, maxRetries: 20 });
});

function here(): Record<string, string> {
  return { BANK_HOME: home, PORT: String(port) };
}

async function isHealthy(): Promise<boolean> {
  const reply = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
  return reply?.status === 200;
}

/** The bank, started with `npm start` when it is not running, and healthy. */
async function running(): Promise<Program> {
  if (program) {
    return program;
  }
  const starting = start('npm', ['start'], here());
  program = starting;
  let over = false;
  void starting.ended.then(() => {
    over = true;
  });
  await until(async () => over || (await isHealthy()), slow);
  if (over) {
    throw new Error(`npm start ended: ${starting.output()}`);
  }
  return starting;
}

/** Sends a request as a demo user. */
async function as(token: string, method: string, path: string, body?: object) {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Record<string, unknown> };
}

async function tokenOf(name: string): Promise<string> {
  const { code, stdout, stderr } = await command('token', [name], here());
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trim();
}

interface Account {
  id: string;
  account_type: string;
  balance: string;
}

async function accountsOf(name: string): Promise<Account[]> {
  const { body } = await as(await tokenOf(name), 'GET', '/accounts');
  return body.accounts as Account[];
}

function total(accounts: Account[]): number {
  return accounts.reduce((sum, { balance }) => sum + Math.round(Number(balance) * 100), 0);
}

describe('a bank that npm start runs', () => {
  test('lets demo users sign in from the moment that it is healthy', () => {
    expect([firstToken.code, firstToken.stderr]).toEqual([0, '']);
    expect(decodeJwt(firstToken.stdout.trim()).token_use).toBe('access');
  });

  test('prints one screen: the address, the demo users, and the lines to paste', async () => {
    const bank = await running();
    const [screen] = await bank.printed(/ {2}The bank is open[\s\S]*npm run reset/);
    expect(screen.split('\n').length).toBeLessThan(25);
    expect(screen).toContain(`http://127.0.0.1:${port}`);
    expect(demoUsers.filter(user => !screen.includes(user.name))).toEqual([]);
    expect(bank.output()).toMatch(/ready/);
  });

  test('prints a curl line that moves money when pasted', async () => {
    const bank = await running();
    const [, line = ''] = await bank.printed(/^ *(curl .*\/transfer.*)$/m);
    const before = await accountsOf('alice');
    const { code, stdout } = await run('bash', ['-c', line], here());
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: 'COMPLETED', amount: '1.25' }]);
    const after = await accountsOf('alice');
    const changes = after.map(({ balance }, index) => Number(balance) - Number(before[index]?.balance));
    expect(changes.toSorted((one, other) => one - other)).toEqual([-1.25, 1.25]);
  });

  test('gives each customer a CHECKING and a SAVINGS account that hold money', async () => {
    await running();
    for (const name of ['alice', 'bob']) {
      const accounts = await accountsOf(name);
      expect(accounts.map(account => account.account_type).toSorted()).toEqual(['CHECKING', 'SAVINGS']);
      expect(accounts.filter(({ balance }) => Number(balance) <= 0)).toEqual([]);
    }
  });

  test.each(demoUsers)('gives $name a token that says $role and that the API takes', async ({ name, role }) => {
    await running();
    const token = await tokenOf(name);
    expect(decodeJwt(token)['cognito:groups']).toEqual([role]);
    // Who may not see accounts is told so by the bank: the token got that far.
    const { status, headers } = await as(token, 'GET', '/accounts');
    expect(status).toBe(routeNamed('listAccounts').roles.includes(role) ? 200 : 403);
    expect(headers.get('x-request-id')).not.toBeNull();
  });

  test('prints the URL of its PostgreSQL, which lets a client in', async () => {
    await running();
    const { code, stdout } = await run('npm', ['run', '-s', 'local', '--', 'database-url'], here());
    expect(code).toBe(0);
    const client = new Client({ connectionString: stdout.trim() });
    await client.connect();
    const { rows } = await client.query('select count(*)::integer as accounts from bank.accounts');
    await client.end();
    expect(rows[0].accounts).toBeGreaterThanOrEqual(4);
  });

  test('refuses a second bank on its folder, in one line', async () => {
    await running();
    const second = await command('start', [], { ...here(), PORT: String(await freePort()) });
    expectOneLine(second, /already running.*BANK_HOME/);
    expect(await isHealthy()).toBe(true);
  });

  test('refuses to be wiped, in one line, and runs on', async () => {
    await running();
    const before = await accountsOf('alice');
    expectOneLine(await command('reset', [], here()), /running.*stop it/);
    expect(await accountsOf('alice')).toEqual(before);
  });

  test('tells of a demo user that does not exist in one line, naming those that do', async () => {
    await running();
    expectOneLine(await command('token', ['mallory'], here()), /mallory.*alice.*admin/);
  });

  test(
    'keeps every acknowledged transfer through kill -9 in the middle of them, and starts without a manual step',
    async () => {
      const bank = await running();
      // A teller's: alice may send ten in a minute only.
      const token = await tokenOf('teller');
      const before = await accountsOf('alice');
      const [from, to] = before;
      const acknowledged: string[] = [];
      const sending = Array.from({ length: 8 }, async () => {
        for (;;) {
          const { status, body } = await as(token, 'POST', '/transfer', {
            from_account_id: from?.id,
            to_account_id: to?.id,
            amount: '0.01',
          });
          expect(status).toBe(200);
          acknowledged.push(String(body.transaction_id));
        }
      });
      const cut = Promise.allSettled(sending);
      await until(() => acknowledged.length >= 50, slow);
      killGroup(bank);
      await Promise.all([cut, bank.ended]);
      program = undefined;

      await running();
      const after = await accountsOf('alice');
      expect(total(after)).toBe(total(before));
      expect(total(before.slice(0, 1)) - total(after.slice(0, 1))).toBeGreaterThanOrEqual(acknowledged.length);
      const fresh = await tokenOf('teller');
      for (const id of acknowledged) {
        expect((await as(fresh, 'GET', `/transactions/${id}`)).body.status).toBe('COMPLETED');
      }
    },
    slow,
  );

  test.each([
    { what: 'Ctrl-C, which reaches npm and the bank at once', signal: 'SIGINT', group: true },
    { what: 'SIGTERM to npm alone', signal: 'SIGTERM', group: false },
  ] as const)(
    'ends at $what: no process is left, and the next start has the balances as they were',
    async stop => {
      const bank = await running();
      const before = [await accountsOf('alice'), await accountsOf('bob')];
      const processes = await family(bank.pid);
      process.kill(stop.group ? -bank.pid : bank.pid, stop.signal);
      expect(await survivors(processes)).toEqual([]);
      const { stderr } = await bank.ended;
      program = undefined;
      expect(stderr).not.toMatch(/error|at .*:\d+/i);
      expect(existsSync(join(home, 'running.json'))).toBe(false);
      expectOneLine(await command('token', ['alice'], here()), /No bank is running.*npm start/);

      await running();
      expect([await accountsOf('alice'), await accountsOf('bob')]).toEqual(before);
    },
    slow,
  );
});

describe('without a bank', () => {
  const elsewhere = async () => ({ BANK_HOME: join(home, 'elsewhere'), PORT: String(await freePort()) });

  test('a port that is taken is told in one line, with the mend', async () => {
    const { promise: listening, resolve } = Promise.withResolvers<void>();
    const other = createServer().listen(0, '127.0.0.1', resolve);
    await listening;
    const address = other.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const refused = await command('start', [], { ...(await elsewhere()), PORT: String(taken) });
    other.close();
    expectOneLine(refused, new RegExp(`Port ${taken} .*PORT=`));
  });

  test.each(['', 'http', '0', '65536'])('the port %j is told in one line', async bad => {
    expectOneLine(await command('start', [], { ...(await elsewhere()), PORT: bad }), /PORT is .*65535/);
  });

  test('a database that lets nobody in is told in one line', async () => {
    const url = `postgres://nobody:nothing@127.0.0.1:${await freePort()}/none`;
    const { code, stderr } = await command('start', [], { ...(await elsewhere()), DATABASE_URL: url });
    expect([code, stderr.trimEnd().split('\n')]).toEqual([1, [expect.stringMatching(/DATABASE_URL/)]]);
  });

  test('a token, and the database, are told to be missing in one line', async () => {
    const nowhere = await elsewhere();
    expectOneLine(await command('token', ['alice'], nowhere), /No bank is running.*npm start/);
    expectOneLine(await command('cli', ['database-url'], nowhere), /No bank is running.*npm start/);
  });

  test('reset wipes the folder, and is content when there is none', async () => {
    const nowhere = await elsewhere();
    for (const _ of ['first', 'second']) {
      const { code, stderr } = await command('reset', [], nowhere);
      expect([code, stderr, existsSync(nowhere.BANK_HOME)]).toEqual([0, '', false]);
    }
  });

  test.each(['start', 'reset', 'token', 'cli'])('%s --help tells how to use it', async name => {
    const nowhere = await elsewhere();
    const { code, stdout, stderr } = await command(name, ['--help'], nowhere);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: npm /);
    expect(existsSync(nowhere.BANK_HOME)).toBe(false);
  });

  test(
    'SIGTERM while it still starts ends all of it',
    async () => {
      const starting = start('npm', ['start'], await elsewhere());
      onTestFinished(() => killGroup(starting));
      await starting.printed(/synthesising/);
      const processes = await family(starting.pid);
      process.kill(starting.pid, 'SIGTERM');
      expect(await survivors(processes)).toEqual([]);
    },
    slow,
  );
});
