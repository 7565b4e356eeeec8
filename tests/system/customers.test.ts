import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresLog } from '../support/postgres.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let teller: Person;
let analyst: Person;
let compliance: Person;
beforeAll(async () => {
  bank = await startSystem();
  [teller, analyst, compliance] = [
    await bank.person('teller'),
    await bank.person('analyst'),
    await bank.person('compliance'),
  ];
});
afterAll(() => bank?.close());

function randomSsn(): string {
  return `${randomInt(100, 600)}-${randomInt(10, 100)}-${randomInt(1000, 10_000)}`;
}

function registration(changes: Record<string, unknown> = {}) {
  return {
    first_name: 'Ada',
    last_name: 'Example',
    email: `${randomUUID()}@customers.example`,
    phone: `+1${randomInt(1e12, 1e13)}`,
    ssn: randomSsn(),
    date_of_birth: '1990-02-28',
    address: { line1: '1 Test Street', city: 'Springfield', postal_code: '00000', country: 'US' },
    ...changes,
  };
}

/** A user in the group of customers who has registered over HTTP. */
async function onboarded(changes: Record<string, unknown> = {}): Promise<Person> {
  const person = await bank.user('customer');
  const { status, body } = await bank.call(person, 'POST', '/customers', registration(changes));
  expect([status, body.code]).toEqual([201, undefined]);
  return person;
}

const reveal = (who: Person, customer: Person, reason: unknown = 'court order 7') =>
  bank.call(who, 'POST', `/customers/${customer.id}/ssn/reveal`, reason === undefined ? {} : { reason });

test('somebody registers, is verified, opens an account and changes its address, all over HTTP', async () => {
  const person = await bank.user('customer');
  expect(await bank.call(person, 'GET', '/customers/me')).toMatchObject({ status: 404 });
  const request = registration({ ssn: '123-45-6789' });
  const { ssn: _, ...told } = request;
  const key = { 'idempotency-key': randomUUID() };
  const registered = await bank.call(person, 'POST', '/customers', request, key);
  expect(registered).toMatchObject({
    status: 201,
    body: { id: person.id, ...told, ssn_last4: '6789', kyc_verified: false, status: 'ACTIVE', version: 1 },
  });
  expect(registered.body).not.toHaveProperty('ssn');
  const again = await bank.call(person, 'POST', '/customers', request, key);
  expect([again.status, again.headers.get('idempotent-replayed'), again.body]).toEqual([201, 'true', registered.body]);

  const verified = await bank.call(teller, 'POST', `/customers/${person.id}/kyc`, {
    decision: 'VERIFIED',
    reason: 'passport seen',
  });
  expect(verified).toMatchObject({ status: 200, body: { kyc_verified: true, version: 2 } });
  expect(await bank.call(person, 'POST', '/accounts', { account_type: 'SAVINGS' })).toMatchObject({ status: 201 });

  const read = await bank.call(person, 'GET', '/customers/me');
  const etag = { 'if-match': read.headers.get('etag') ?? '' };
  expect(etag).toEqual({ 'if-match': '"2"' });
  const email = `${randomUUID()}@customers.example`;
  const changed = await bank.call(person, 'PATCH', '/customers/me', { email }, etag);
  expect([changed.status, changed.body.email, changed.headers.get('etag')]).toEqual([200, email, '"3"']);
  expect(await bank.call(person, 'PATCH', '/customers/me', { email }, etag)).toMatchObject({
    status: 412,
    body: { code: 'VERSION_CONFLICT' },
  });
  expect(await bank.call(person, 'PATCH', '/customers/me', { email })).toMatchObject({ status: 428 });
});

test('a number is taken however it is written, and the refused leave no row', async () => {
  const ssn = randomSsn();
  await onboarded({ ssn });
  const person = await bank.user('customer');
  expect(await bank.call(person, 'POST', '/customers', registration({ ssn: ssn.replaceAll('-', '') }))).toMatchObject({
    status: 409,
    body: { code: 'SSN_TAKEN' },
  });
  expect(await bank.call(person, 'GET', '/customers/me')).toMatchObject({ status: 404 });
});

test('two people at once with one number: one is in, the other is told 409', async () => {
  const ssn = randomSsn();
  const people = await Promise.all([bank.user('customer'), bank.user('customer')]);
  const answers = await Promise.all(
    people.map(person => bank.call(person, 'POST', '/customers', registration({ ssn }))),
  );
  expect(answers.map(answer => answer.status).sort()).toEqual([201, 409]);
});

test('a number that the SSA never issues is refused without being repeated', async () => {
  const person = await bank.user('customer');
  const answer = await bank.call(person, 'POST', '/customers', registration({ ssn: '666-45-6789' }));
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', errors: [{ field: 'ssn' }] } });
  expect(JSON.stringify(answer.body)).not.toContain('666-45');
});

test('compliance reads a number in clear for a reason, and leaves an event; nobody else reads it', async () => {
  const person = await onboarded({ ssn: '219099999' });
  for (const group of ['teller', 'analyst', 'auditor', 'admin'] as const) {
    expect(await reveal(await bank.person(group), person)).toMatchObject({ status: 403 });
  }
  expect(await reveal(person, person)).toMatchObject({ status: 403 });
  expect(await reveal(compliance, person, null)).toMatchObject({ status: 400 });
  const events = async () => {
    const { rows } = await bank.database.pool.query(
      `select actor ->> 'id' as actor, data from bank.events where type = 'SsnRevealed' and aggregate_id = $1`,
      [person.id],
    );
    return rows;
  };
  expect(await events()).toEqual([]);
  expect(await reveal(compliance, person)).toMatchObject({
    status: 200,
    body: { customer_id: person.id, ssn: '219-09-9999' },
  });
  expect(await events()).toEqual([{ actor: compliance.id, data: { reason: 'court order 7' } }]);
});

test("a ciphertext moved to another customer's row does not decrypt", async () => {
  const [ada, ben] = [await onboarded(), await onboarded()];
  await bank.database.pool.query(
    'update bank.customers set ssn_ciphertext = (select ssn_ciphertext from bank.customers where id = $1) where id = $2',
    [ada.id, ben.id],
  );
  const answer = await reveal(compliance, ben);
  expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
  expect(answer.body).not.toHaveProperty('ssn');
  expect(await reveal(compliance, ada)).toMatchObject({ status: 200 });
});

test('a frozen customer is refused on its next call, with the token that it has', async () => {
  const person = await onboarded();
  const account = await bank.account(person, '10');
  const reason = { reason: 'stolen phone' };
  expect(await bank.call(analyst, 'POST', `/customers/${person.id}/freeze`, reason)).toMatchObject({ status: 200 });
  const refused = { status: 403, body: { code: 'CUSTOMER_FROZEN' } };
  expect(await bank.call(person, 'GET', '/customers/me')).toMatchObject(refused);
  expect(await bank.call(person, 'GET', `/accounts/${account}`)).toMatchObject(refused);
  expect(await bank.call(person, 'POST', '/withdrawal', { account_id: account, amount: '1' })).toMatchObject(refused);
  expect(await bank.call(analyst, 'POST', `/customers/${person.id}/unfreeze`, reason)).toMatchObject({ status: 200 });
  expect(await bank.call(person, 'GET', '/customers/me')).toMatchObject({ status: 200 });
});

test('the re-index makes again what the functions made: the same index from the ciphertext', async () => {
  const person = await onboarded();
  const macs = async (sql: string) => (await bank.database.pool.query(sql, [person.id])).rows.map(row => row.mac);
  const made = await macs(`delete from bank.ssn_indexes where customer_id = $1 returning encode(mac, 'hex') as mac`);
  const { payload } = await bank.cloud.invoke('SsnReindex', {});
  expect(payload).toEqual({ done: true, added: 1, retired: 0, duplicates: [] });
  expect(made).toHaveLength(1);
  expect(await macs(`select encode(mac, 'hex') as mac from bank.ssn_indexes where customer_id = $1`)).toEqual(made);
});

test('a number is nowhere in clear after onboarding: not in a table, an event or a log of the bank or PostgreSQL', async () => {
  const digits = '537428916';
  const person = await onboarded({ ssn: '537-42-8916' });
  await bank.call(person, 'POST', '/customers', registration({ ssn: '537-42-8916' }));
  expect(await reveal(compliance, person)).toMatchObject({ body: { ssn: '537-42-8916' } });

  const { rows: tables } = await bank.database.pool.query(
    `select table_schema || '.' || table_name as name from information_schema.tables
      where table_schema in ('bank', 'migration') and table_type = 'BASE TABLE'`,
  );
  const dump = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await bank.database.pool.query(`select t::text as row from ${name} t`);
      return rows.map(({ row }) => row).join('\n');
    }),
  );
  const everything = [...dump, bank.log(), await postgresLog()].join('\n');
  expect(everything).toContain(person.id);
  // Base64 has three forms of a text, by where in the bytes it begins; their ends depend on what is beside it.
  const encoded = ['', 'x', 'xx'].map(before =>
    Buffer.from(before + digits)
      .toString('base64')
      .slice(Math.ceil((before.length * 4) / 3), 11),
  );
  const forms = [digits, '537-42-8916', Buffer.from(digits).toString('hex'), ...encoded];
  const clearly = forms.filter(form => everything.toLowerCase().includes(form.toLowerCase()));
  expect(clearly).toEqual([]);
});
