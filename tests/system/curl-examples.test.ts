import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curlExamples } from '../../openapi/curl-examples.ts';
import { openApiDocument } from '../../openapi/document.ts';
import { exampleBodies } from '../../openapi/guide.ts';
import { scoreEverything, useFraudRules } from '../support/fraud-rules.ts';
import { sealedAuditLog } from '../support/sealed-audit-log.ts';
import { seedAlert } from '../support/seed-alert.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

const bodies = exampleBodies(openApiDocument());
const staffRoles = ['teller', 'analyst', 'auditor', 'compliance', 'admin'] as const;

let bank: TestSystem;
let tokens: Record<string, string>;
let auditLog: string;
beforeAll(async () => {
  bank = await startSystem();
  const staff = await Promise.all(staffRoles.map(role => bank.person(role)));
  tokens = Object.fromEntries(staff.map((person, at) => [`${staffRoles[at]?.toUpperCase()}_TOKEN`, person.token]));
  auditLog = await sealedAuditLog(bank);
});
afterAll(() => bank?.close());

/** Brings the bank to the state in which an example makes sense, where that is not simply a customer with money. */
const preparations: Readonly<Record<string, (ids: { CUSTOMER: string; ACCOUNT: string }) => Promise<unknown>>> = {
  unfreezeAccount: ({ ACCOUNT }) => staffPost(`/accounts/${ACCOUNT}/freeze`),
  enableUser: ({ CUSTOMER }) => staffPost(`/users/${CUSTOMER}/disable`),
  unfreezeCustomer: ({ CUSTOMER }) => staffPost(`/customers/${CUSTOMER}/freeze`),
};

const staffPost = (path: string) => bank.call(tokens.ADMIN_TOKEN, 'POST', path, { reason: 'to prepare a test' });

/** A customer of whom KMS has encrypted the number, for the examples that are about it. */
async function registered(customer: Person): Promise<Person> {
  await bank.call(customer, 'POST', '/customers', {
    ...bodies.get('registerCustomer'),
    email: 'grace@example.com',
    phone: '+12025550199',
    ssn: '219-09-9998',
  });
  return customer;
}

async function customerFor(name: string): Promise<Person> {
  if (name === 'registerCustomer') return await bank.user('customer');
  if (name === 'revealSsn') return await registered(await bank.user('customer'));
  return await bank.person('customer');
}

test.each(curlExamples(bodies))(
  'the example of $name does what its route promises',
  async ({ name, route, command }) => {
    const customer = await customerFor(name);
    const ids = {
      CUSTOMER: customer.id,
      ACCOUNT: '',
      OTHER_ACCOUNT: '',
      TRANSACTION: '',
      ALERT: '',
      AUDIT_LOG: auditLog,
    };
    if (name !== 'registerCustomer') {
      ids.ACCOUNT = await bank.account(customer, '100.00');
      ids.OTHER_ACCOUNT = await bank.account(customer);
      const transfer = { from_account_id: ids.ACCOUNT, to_account_id: ids.OTHER_ACCOUNT, amount: '1.00' };
      const { body } = await bank.call(customer, 'POST', '/transfer', transfer);
      ids.TRANSACTION = String(body.transaction_id);
      const [account, transaction] = [ids.ACCOUNT, ids.TRANSACTION];
      ids.ALERT = await seedAlert(bank.database.pool, { account, transaction });
    }
    await preparations[name]?.(ids);
    const env = { ...process.env, ...tokens, ...ids, CUSTOMER_TOKEN: customer.token, BANK: bank.cloud.apiUrl };
    const script = `${command} -o /dev/null -w '%{http_code}'`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { env });
    expect(Number(stdout)).toBe(route.status);
  },
);

test('the chapter about fraud cases does what it says, line after line', async () => {
  const guide = await readFile('docs/API.md', 'utf8');
  const lines = /^## Fraud cases\n.*?```sh\n(.*?)```/ms.exec(guide)?.[1] ?? '';
  const customer = await bank.person('customer');
  const payee = await bank.person('customer');
  const [ACCOUNT, OTHER_ACCOUNT] = [await bank.account(customer, '100.00'), await bank.account(payee)];
  await scoreEverything(bank.database.pool, 80);
  const transfer = { from_account_id: ACCOUNT, to_account_id: OTHER_ACCOUNT, amount: '12.50' };
  expect(await bank.call(customer, 'POST', '/transfer', transfer)).toMatchObject({ body: { code: 'FRAUD_BLOCKED' } });
  const alerts = `/fraud-alerts?account_id=${ACCOUNT}`;
  const { alerts: raised } = (await bank.call(tokens.ANALYST_TOKEN, 'GET', alerts)).body as {
    alerts: { id: string }[];
  };
  const env = {
    ...process.env,
    ...tokens,
    ACCOUNT,
    OTHER_ACCOUNT,
    CUSTOMER_TOKEN: customer.token,
    BANK: bank.cloud.apiUrl,
  };
  const script = `set -eo pipefail; curl() { command curl --fail-with-body "$@"; }\n${lines}`;
  await promisify(execFile)('bash', ['-c', script], { env: { ...env, ALERT: raised[0]?.id } });
  await useFraudRules(bank.database.pool);
  expect(await bank.balance(OTHER_ACCOUNT)).toBe('12.50');
  const { body } = await bank.call(tokens.ADMIN_TOKEN, 'GET', '/fraud-rules');
  expect(body).toMatchObject({ settings: { alert_from: 95 } });
});
