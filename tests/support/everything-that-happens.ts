import { randomInt, randomUUID } from 'node:crypto';
import { createEventProcessing } from '../../lambdas/adapters/event-processing.ts';
import { createFeeWaivers } from '../../lambdas/adapters/fee-waivers.ts';
import { createFees } from '../../lambdas/adapters/fees.ts';
import { createFraudAlerts } from '../../lambdas/adapters/fraud-alerts.ts';
import { createFraudRuleBook } from '../../lambdas/adapters/fraud-rules.ts';
import { createSsnIndexes } from '../../lambdas/adapters/ssn-indexes.ts';
import { createUsers } from '../../lambdas/adapters/users.ts';
import { runReindex } from '../../lambdas/deploy/run-reindex.ts';
import { promiseEverything } from './everything-promised.ts';
import { useFraudRules } from './fraud-rules.ts';
import { jobsOf } from './interest/bank-jobs.ts';
import { memoryVault } from './memory-vault.ts';
import { outboxEvents } from './outbox.ts';
import { reconcile } from './reconcile.ts';
import { newcomer, registration } from './registration.ts';
import { type TestBank, teller } from './test-bank.ts';

/** What people and their money are known by, none of which an event may tell. */
export const canaries = {
  ssn: '078051120',
  firstName: 'Zebulonia',
  lastName: 'Quixworth',
  email: 'zebulonia.quixworth@customers.example',
  newEmail: 'zq.elsewhere@customers.example',
  phone: `+1${randomInt(1e12, 1e13)}`,
  street: '17 Featherstonehaugh Crescent',
  newStreet: '4 Marylebone Passage',
  birth: '1987-11-09',
  description: 'for Quentin, who knows why',
};

const reason = 'as the customer asked';
const noKey = { description: undefined, key: undefined };

/** Does once, on a test bank, everything of which the bank records an event. */
export async function doEverything(bank: TestBank): Promise<void> {
  const customer = await onceAsCustomer(bank);
  const [from, to] = await moveMoney(bank, customer);
  await lookForFraud(bank, customer, from, to);
  await defendAgainstFraud(bank);
  await promiseEverything(bank, customer, canaries.description);
  await chargeFees(bank, customer);
  await changeAccounts(bank, from, to);
  await changeCustomer(bank, customer.id);
  await reindex(bank);
  await reconcile(bank);
}

/** Somebody registers, with a canary in every field, and moves house. */
async function onceAsCustomer(bank: TestBank) {
  const caller = newcomer();
  const address = { line1: canaries.street, city: 'Springfield', postal_code: '00000', country: 'US' };
  const vault = memoryVault([{ version: 1, keyId: 'first key' }]);
  const request = registration(caller, canaries.ssn, {
    first_name: canaries.firstName,
    last_name: canaries.lastName,
    email: canaries.email,
    phone: canaries.phone,
    date_of_birth: canaries.birth,
    address,
  });
  const ciphertext = await vault.encryptSsn(canaries.ssn, caller.id);
  const indexes = await vault.ssnIndexes(canaries.ssn);
  await bank.customers.registerCustomer({ ...request, ssn: { ...request.ssn, ciphertext, indexes } });
  const changes = { email: canaries.newEmail, address: { ...address, line1: canaries.newStreet } };
  await bank.customers.updateCustomer({ changes, version: null, caller });
  return caller;
}

async function moveMoney(bank: TestBank, customer: typeof teller): Promise<[string, string]> {
  const [from, to] = [await bank.account(customer, '900'), await bank.account(customer, '1')];
  const transfer = { from_account_id: from, to_account_id: to, amount: '5.00', ...noKey, caller: customer };
  const { transaction } = await bank.ledger.postTransfer({ ...transfer, description: canaries.description });
  await bank.ledger
    .postTransfer({ ...transfer, description: canaries.description, amount: '5000' })
    .catch(() => undefined);
  await bank.ledger.postTransfer({ ...transfer, to_account_id: randomUUID() }).catch(() => undefined);
  await bank.ledger.postWithdrawal({ ...noKey, account_id: from, amount: '1', caller: customer });
  await bank.ledger.postReversal({ ...noKey, transaction_id: transaction.id, caller: teller });
  return [from, to];
}

/** The gate flags a transfer and stops another; the worker freezes the account of that. */
async function lookForFraud(bank: TestBank, customer: typeof teller, from: string, to: string): Promise<void> {
  await useFraudRules(bank.database.pool, 'VELOCITY');
  for (const score of [60, 95]) {
    await bank.database.pool.query(
      `update bank.fraud_rules set parameters = parameters || jsonb_build_object('some', 0, 'some_score', $1::integer, 'many', 99) where rule = 'VELOCITY'`,
      [score],
    );
    const transfer = { from_account_id: from, to_account_id: to, amount: '5.00', ...noKey, caller: customer };
    await bank.ledger.postTransfer({ ...transfer, description: canaries.description }).catch(() => undefined);
  }
  await useFraudRules(bank.database.pool);
  await processEverything(bank);
  await bank.powers.unfreezeAccount({ account_id: from, reason, fourEyes: false, caller: teller });
}

/** An analyst closes what the gate opened, one as a false alarm, and somebody changes the rules. */
async function defendAgainstFraud(bank: TestBank): Promise<void> {
  const caller = { ...teller, id: randomUUID() };
  const database = bank.dataApi.database('bank_fraud');
  const cases = createFraudAlerts(database);
  const { alerts } = await cases.listAlerts({ filters: {}, limit: 10, cursor: undefined, caller });
  for (const [index, { id }] of alerts.entries()) {
    await cases.assignAlert({ alert_id: id, investigator: caller.id, caller });
    const resolution = index === 0 ? 'FALSE_POSITIVE' : 'RESOLVED';
    await cases.resolveAlert({ alert_id: id, resolution, notes: 'spoke to the customer', caller });
  }
  const parameters = { near_hours: 1, near_score: 95, far_hours: 8, far_score: 50 };
  const rules = [{ rule: 'LOCATION', enabled: true, parameters }];
  const settings = { time_zone: 'Europe/Berlin', monitor_from: 20 };
  await createFraudRuleBook(database).setRules({ settings, rules, reason, version: null, caller });
  await useFraudRules(bank.database.pool);
}

/** An account goes below zero, pays for it and gets that back; a run that somebody stopped is noted. */
async function chargeFees(bank: TestBank, customer: typeof teller): Promise<void> {
  const jobs = jobsOf(bank);
  const fees = createFees(bank.dataApi.database('bank_accounts'));
  const account_id = await bank.account(customer, '1', { overdraft_limit: '100' });
  const rule = (await fees.listRules(teller)).find(({ fee_type }) => fee_type === 'OVERDRAFT');
  const change = { amount: '2', minimum_balance: null, enabled: true, reason, caller: teller };
  await fees.setRule({ ...change, rule_id: rule?.id ?? '' });
  await bank.ledger.postWithdrawal({ ...noKey, account_id, amount: '5', caller: customer });
  const today = await jobs.openDay();
  const { run } = await jobs.runs.start({ job: 'charge-fees', through: await jobs.closeBooks(today) });
  await jobs.runs.fail(run?.id ?? '', new Error('stopped'));
  await jobs.fire('charge-fees', today);
  const charged = await fees.listFees({ account_id, limit: 1, cursor: undefined, caller: teller });
  const waiving = createFeeWaivers(bank.dataApi.database('bank_payments'));
  await waiving.waiveFee({ fee_id: charged.fees[0]?.id ?? '', reason, key: undefined, caller: teller });
}

async function changeAccounts(bank: TestBank, from: string, to: string): Promise<void> {
  const act = { account_id: from, reason, caller: teller };
  await bank.powers.updateAccount({ ...act, overdraft_limit: '10', interest_rate: '0.01', version: null });
  await bank.powers.freezeAccount(act);
  await bank.powers.unfreezeAccount({ ...act, fourEyes: false });
  await bank.powers.closeAccount({ ...act, sweep_to_account_id: to, key: undefined });
}

async function changeCustomer(bank: TestBank, customer_id: string): Promise<void> {
  const act = { customer_id, reason, caller: teller };
  await bank.customers.reviewCustomer({ ...act, decision: 'VERIFIED' });
  await bank.customers.freezeCustomer(act);
  await bank.customers.unfreezeCustomer({ ...act, fourEyes: false });
  await bank.customers.readSsnCiphertext(act);
  await bank.limits.setLimits({ ...act, transfers_per_minute: 5, requests_per_hour: 500 });
  const users = createUsers(bank.dataApi.database('bank_users'));
  for (const disabled of [true, false]) {
    await users.setUserDisabled({ user_id: customer_id, disabled, reason, caller: teller });
  }
}

/** The second HMAC key takes the first one's place. */
async function reindex(bank: TestBank): Promise<void> {
  const second = { version: 2, keyId: 'second key' };
  await runReindex({
    runId: randomUUID(),
    indexes: createSsnIndexes(bank.dataApi.database('bank_customers')),
    vault: memoryVault([second]),
    keyVersions: [2],
    batchSize: 10,
    mayGoOn: () => true,
  });
}

/** Processes whatever there is, and what comes of that. */
export async function processEverything(bank: TestBank): Promise<void> {
  const processing = createEventProcessing(bank.dataApi.database('bank_workers'));
  for (;;) {
    const events = await outboxEvents(bank.database.pool, 'processed_at is null');
    if (events.length === 0) return;
    await processing.processEvents(
      events.map(({ id }) => id),
      [],
    );
  }
}
