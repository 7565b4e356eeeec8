import { accessToken, ensureUser } from '../local/demo/identity.ts';
import type { BenchBank } from './bench-bank.ts';
import { calmFraudRules } from './calm-fraud-rules.ts';
import type { Payer } from './load-messages.ts';

const mostCustomers = 50;
/** More than a run can take from an account. */
const openingBalance = '1000000.00';
/** How many deposits one statement makes: each holds its locks until the statement's end. */
const depositsAtOnce = 500;
/** How many users are made at once. */
const signUpsAtOnce = 8;

/** A customer who may ask as often as anybody may: the limits are counted, and never met. */
const insertCustomer = `
  with customer as (
    insert into bank.customers (id, first_name, last_name, email) values ($1, 'Bench', $2, $3) returning id
  )
  insert into bank.rate_limits (customer_id, transfers_per_minute, requests_per_hour) select id, 10000, 1000000 from customer`;

const insertAccounts = `
  with account as (
    insert into bank.accounts (id, account_number, customer_id, account_type)
    select gen_random_uuid(), bank.new_account_number(), owner.id, 'CHECKING'
      from generate_series(0, $2::integer - 1) as number,
           unnest($1::uuid[]) with ordinality as owner (id, place)
     where owner.place - 1 = number % cardinality($1::uuid[])
    returning *
  ), rated as (
    insert into bank.interest_rates (account_id, valid_from, account_version, rate)
    select id, bank.open_day(), version, interest_rate from account
  )
  select id, customer_id from account`;

const postDeposits = `
  select bank.post_deposit(gen_random_uuid(), account.id, $2, 'Opening deposit', account.id::text,
      jsonb_build_object('id', account.customer_id, 'roles', jsonb_build_array('customer'), 'own_accounts_only', true)) as answer
    from bank.accounts account where account.id = any($1::uuid[])`;

/**
 * Makes customers, signs them in and gives each its share of the accounts, all holding money that a deposit brought in.
 * Up to 50 customers; more accounts than that are spread over them evenly.
 */
export async function fillBank(bank: BenchBank, accounts: number, progress: (line: string) => void): Promise<Payer[]> {
  const names = Array.from({ length: Math.min(mostCustomers, accounts) }, (_, index) => `customer-${index + 1}`);
  progress(`signing up ${names.length} customers, opening ${accounts} accounts`);
  const customers = await inBatches(names, signUpsAtOnce, name => signUp(bank, name));
  await calmFraudRules(bank.database);
  const { rows } = await bank.database.query<{ id: string; customer_id: string }>(insertAccounts, [
    customers.map(customer => customer.id),
    accounts,
  ]);
  for (let start = 0; start < rows.length; start += depositsAtOnce) {
    await deposit(
      bank,
      rows.slice(start, start + depositsAtOnce).map(row => row.id),
    );
  }
  // Otherwise it would come by itself in the middle of a round.
  await bank.database.query('vacuum analyze');
  const owned = Map.groupBy(rows, row => row.customer_id);
  return customers.map(({ id, token }) => ({ token, accounts: (owned.get(id) ?? []).map(row => row.id) }));
}

async function signUp(bank: BenchBank, name: string): Promise<{ id: string; token: string }> {
  const id = await ensureUser(bank.identity, name, ['customer']);
  await bank.database.query(insertCustomer, [id, name, `${name}@bench.example`]);
  return { id, token: await accessToken(bank.identity, name) };
}

async function deposit(bank: BenchBank, accounts: string[]): Promise<void> {
  const { rows } = await bank.database.query<{ answer: { refusal?: object } }>(postDeposits, [
    accounts,
    openingBalance,
  ]);
  const refused = rows.find(row => row.answer.refusal);
  if (refused) {
    throw new Error(`An opening deposit was refused: ${JSON.stringify(refused.answer.refusal)}`);
  }
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += size) {
    results.push(...(await Promise.all(items.slice(start, start + size).map(work))));
  }
  return results;
}
