import { randomUUID } from 'node:crypto';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createNotifications } from '../../lambdas/adapters/notifications.ts';
import { createNotifier } from '../../lambdas/adapters/notifier.ts';
import { notificationKinds } from '../../lambdas/domain/notifications/kinds.ts';
import { logger } from '../../lambdas/runtime/logger.ts';
import { useFraudRules } from '../support/fraud-rules.ts';
import { notificationsOf, notifyOfEvents } from '../support/notifications.ts';
import { registered } from '../support/registration.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';
import { captureLogs } from '../unit/support/logs.ts';
import { topics } from '../unit/support/notifications.ts';

const [sns, ses] = [mockClient(SNSClient), mockClient(SESv2Client)];
const clients = { sns: new SNSClient({ region: 'us-east-1' }), ses: new SESv2Client({ region: 'us-east-1' }) };

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank?.close());
beforeEach(() => {
  sns.reset();
  ses.reset();
});

const as = (login: string) =>
  createNotifications(
    bank.dataApi.database(login),
    createNotifier({ topics, sender: 'bank@bank.example', ...clients }),
  );

/** A customer to whom something of every kind happens. */
async function eventful(): Promise<{ customer: ActingCaller; canaries: string[] }> {
  const canaries = ['Canaria', 'Quillfeather', `canary.${randomUUID()}@customers.example`];
  const [first_name = '', last_name = '', email = ''] = canaries;
  const customer = await registered(bank, { first_name, last_name, email });
  const [account, other] = [await bank.account(customer, '5000'), await bank.account(await bank.customer())];
  const send = (amount: string) =>
    bank.ledger.postTransfer({
      from_account_id: account,
      to_account_id: other,
      amount,
      description: undefined,
      caller: customer,
      key: undefined,
    });
  await send('1234.5');
  await useFraudRules(bank.database.pool, 'VELOCITY');
  await bank.database.pool.query(
    `update bank.fraud_rules set parameters = parameters || '{"some": 0, "some_score": 80}' where rule = 'VELOCITY'`,
  );
  await expect(send('7')).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
  await useFraudRules(bank.database.pool);
  const changed = `canary.${randomUUID()}@new.example`;
  await bank.customers.updateCustomer({ changes: { email: changed }, version: null, caller: customer });
  await bank.powers.freezeAccount({ account_id: account, reason: 'asked at the counter', caller: teller });
  return { customer, canaries: [...canaries, changed] };
}

test('what happens to a customer is mailed to it, of every kind, and its name and address stand nowhere else', async () => {
  const log = captureLogs();
  const { customer, canaries } = await eventful();
  await notifyOfEvents(bank.database.pool);
  const told = await notificationsOf(bank.database.pool, customer.id);
  expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(notificationKinds));

  const [, , old = '', now = ''] = canaries;
  ses
    .on(SendEmailCommand, { Destination: { ToAddresses: [now] } })
    .rejectsOnce(Object.assign(new Error(`Email address is not verified: ${now}`), { name: 'MessageRejected' }))
    .resolves({});
  const delivery = await as('bank_workers').deliver(100);
  logger.info('delivered', { ...delivery });
  expect(delivery).toMatchObject({ failed: 1, errors: { MessageRejected: 1 } });

  const addressees = ses
    .commandCalls(SendEmailCommand)
    .flatMap(call => call.args[0].input.Destination?.ToAddresses ?? []);
  expect(addressees.filter(address => address === now)).toHaveLength(told.length);
  expect(addressees.filter(address => address === old)).toHaveLength(1);

  const { rows } = await bank.database.pool.query(
    'select notice::text as text from bank.notifications notice union all select event::text from bank.events event',
  );
  const everywhere = [
    log(),
    ...rows.map(row => row.text),
    ...sns.commandCalls(PublishCommand).map(call => JSON.stringify(call.args[0].input)),
  ].join('\n');
  expect(everywhere).toContain(customer.id);
  expect(everywhere).toContain('MessageRejected');
  for (const canary of canaries) {
    expect(everywhere.toLowerCase()).not.toContain(canary.toLowerCase());
  }
});

test('what one sender failed to send, another sends when its lease is over, and nothing that was sent', async () => {
  await bank.database.pool.query('delete from bank.notifications');
  await eventful();
  const made = await notifyOfEvents(bank.database.pool);
  sns.on(PublishCommand).rejectsOnce(new Error('no')).resolves({});
  expect(await as('bank_workers').deliver(100)).toMatchObject({ sent: made - 1, failed: 1 });
  expect(await as('bank_schedules').deliver(100)).toMatchObject({ sent: 0, failed: 0 });
  await bank.database.pool.query("update bank.notifications set due_at = due_at - interval '2 minutes'");
  expect(await as('bank_schedules').deliver(100)).toMatchObject({ sent: 1, failed: 0 });
  const ids = sns
    .commandCalls(PublishCommand)
    .map(call => JSON.parse(call.args[0].input.Message ?? '').notification_id);
  expect([ids.length, new Set(ids).size]).toEqual([made + 1, made]);
});

test('two senders at once send everything once', async () => {
  await bank.database.pool.query('delete from bank.notifications');
  for (let turn = 0; turn < 3; turn += 1) {
    await eventful();
  }
  const made = await notifyOfEvents(bank.database.pool);
  const deliveries = await Promise.all(
    ['bank_workers', 'bank_schedules', 'bank_workers', 'bank_schedules'].map(login => as(login).deliver(100)),
  );
  expect(deliveries.reduce((sum, { sent }) => sum + sent, 0)).toBe(made);
  expect(sns.commandCalls(PublishCommand)).toHaveLength(made);
});
