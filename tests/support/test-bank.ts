import { randomUUID } from 'node:crypto';
import { type AccountPowers, createAccountPowers } from '../../lambdas/adapters/account-powers.ts';
import { type Accounts, createAccounts } from '../../lambdas/adapters/accounts.ts';
import { type Customers, createCustomers } from '../../lambdas/adapters/customers.ts';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { createFraudAlerts, type FraudAlerts } from '../../lambdas/adapters/fraud-alerts.ts';
import { createFraudRuleBook, type FraudRuleBook } from '../../lambdas/adapters/fraud-rules.ts';
import { createHoldExpiry, type HoldExpiry } from '../../lambdas/adapters/hold-expiry.ts';
import { createHolds, type Holds } from '../../lambdas/adapters/holds.ts';
import { createLedger, type Ledger } from '../../lambdas/adapters/ledger.ts';
import { createLimits, type Limits } from '../../lambdas/adapters/limits.ts';
import { createStandingOrderRuns, type StandingOrderRuns } from '../../lambdas/adapters/standing-order-runs.ts';
import { createStandingOrders, type StandingOrders } from '../../lambdas/adapters/standing-orders.ts';
import { createStatements, type Statements } from '../../lambdas/adapters/statements.ts';
import { createTransactions, type Transactions } from '../../lambdas/adapters/transactions.ts';
import { type TestDataApi, testDataApi } from './data-api.ts';
import { bankDatabase, type TestDatabase } from './postgres.ts';
import { giveLimits } from './rate-limits.ts';
import { seedCustomer } from './seed-customer.ts';

/** A bank without its API: the migrated database of one test file, and the adapters logged in as the Lambdas are. */
export interface TestBank {
  database: TestDatabase;
  dataApi: TestDataApi;
  ledger: Ledger;
  accounts: Accounts;
  customers: Customers;
  transactions: Transactions;
  powers: AccountPowers;
  limits: Limits;
  fraudRules: FraudRuleBook;
  fraudAlerts: FraudAlerts;
  holds: Holds;
  holdExpiry: HoldExpiry;
  orders: StandingOrders;
  orderRuns: StandingOrderRuns;
  statements: Statements;
  /** Registers a customer, with rate limits out of every test's way, and answers it as a caller. */
  customer(): Promise<ActingCaller>;
  /** Opens an account that holds an amount, paid in by the teller. */
  account(
    owner: ActingCaller,
    amount?: string,
    terms?: { currency?: string; overdraft_limit?: string },
  ): Promise<string>;
  balance(id: string): Promise<string>;
  /** Number of rows in a table of the bank. */
  count(table: string): Promise<number>;
  close(): Promise<void>;
}

/** A member of staff: may use any account. */
export const teller: ActingCaller = {
  id: randomUUID(),
  roles: ['teller'],
  ip: '192.0.2.1',
  userAgent: 'test',
  sessionId: 'session',
  requestId: 'request',
  ownAccountsOnly: false,
};

/** Opens a bank for one test file, on a database of its own unless it brings one. */
export async function openTestBank(given?: TestDatabase): Promise<TestBank> {
  const database = given ?? (await bankDatabase());
  const dataApi = await testDataApi(database.url);
  const ledger = createLedger(dataApi.database('bank_payments'));
  const accounts = createAccounts(dataApi.database('bank_accounts'));
  return {
    database,
    dataApi,
    ledger,
    accounts,
    customers: createCustomers(dataApi.database('bank_customers')),
    transactions: createTransactions(dataApi.database('bank_transactions')),
    powers: createAccountPowers(dataApi.database('bank_accounts')),
    limits: createLimits(dataApi.database('bank_limits')),
    fraudRules: createFraudRuleBook(dataApi.database('bank_fraud')),
    fraudAlerts: createFraudAlerts(dataApi.database('bank_fraud')),
    holds: createHolds(dataApi.database('bank_holds')),
    holdExpiry: createHoldExpiry(dataApi.database('bank_schedules')),
    orders: createStandingOrders(dataApi.database('bank_orders')),
    orderRuns: createStandingOrderRuns(dataApi.database('bank_schedules')),
    statements: createStatements(dataApi.database('bank_statements')),
    async customer() {
      const id = randomUUID();
      await seedCustomer(database.pool, id);
      await giveLimits(database.pool, id);
      return { ...teller, id, roles: ['customer'], ownAccountsOnly: true };
    },
    async account(owner, amount = '0', { currency = 'USD', overdraft_limit = '0' } = {}) {
      const terms = {
        account_type: 'CHECKING',
        currency,
        interest_rate: '0',
        overdraft_limit,
        accountLimit: null,
        verifiedOnly: false,
      };
      const { account } = await accounts.openAccount({
        customer_id: owner.id,
        ...terms,
        caller: teller,
        key: undefined,
      });
      if (Number(amount) > 0) {
        await ledger.postDeposit({
          account_id: account.id,
          amount,
          description: undefined,
          caller: teller,
          key: undefined,
        });
      }
      return account.id;
    },
    async balance(id) {
      return (await accounts.readAccount(id, teller)).balance;
    },
    async count(table) {
      const { rows } = await database.pool.query(`select count(*)::integer as count from bank.${table}`);
      return rows[0].count;
    },
    async close() {
      await dataApi.close();
      await database.drop();
    },
  };
}

/** The rules that are true of every ledger at any moment: all postings sum to zero, every balance is the sum of its postings, and what is held that of its holds. */
export async function ledgerDifferences(database: TestDatabase): Promise<unknown[]> {
  const { rows } = await database.pool.query(`
    select 'trial balance' as rule, currency as about from bank.trial_balance where total <> 0
    union all
    select 'balance is not its postings', id::text from bank.account_differences
    union all
    select 'held is not what open holds have left', id::text from bank.hold_differences
    union all
    select 'postings of a transaction do not sum to zero', transaction_id::text from bank.postings group by transaction_id, currency having sum(amount) <> 0
    union all
    select 'a completed transaction has two postings, a failed one none', entry.id::text
      from bank.transactions entry left join bank.postings line on line.transaction_id = entry.id
     group by entry.id having count(line.account_id) <> case when entry.status = 'COMPLETED' then 2 else 0 end`);
  return rows;
}
