import { randomInt, randomUUID } from 'node:crypto';
import { contract } from '../../lambdas/api/contract.ts';
import type { Staff } from './staff.ts';
import type { User } from './users.ts';

/** A customer of the load's own. */
export interface Customer {
  id: string;
  /** An access token. */
  token: string;
  user: User;
  /** Where its customers' payments go: it pays nobody, so that it may be paid any number of times. */
  sink: string;
  /** Accounts that hold money and have paid nobody yet. */
  unused: string[];
}

/** More than any account pays within a run. */
const openingDeposit = 10_000n;
/** What the contract allows at most. */
const limits = { transfers_per_minute: 10_000, requests_per_hour: 1_000_000, reason: 'Load test' };

/** Registers a user as a customer, lifts its limits, and opens the account that payments go to. */
export async function makeCustomer(staff: Staff, user: User): Promise<Customer> {
  const token = await user.signIn();
  const { path, method } = contract.registerCustomer;
  const { id } = await staff.must({ method, path, token, key: randomUUID(), body: registrationOf(user.email) });
  await staff.must({
    method: 'POST',
    path: `/customers/${id}/kyc`,
    body: { decision: 'VERIFIED', reason: 'Load test' },
  });
  await staff.must({ method: 'PUT', path: `/customers/${id}/limits`, body: limits });
  const customer = { id: String(id), token, user, sink: '', unused: [] };
  return { ...customer, sink: await openAccount(staff, customer) };
}

/** Opens another account of a customer, with money in it. */
export async function addSource(staff: Staff, customer: Customer): Promise<void> {
  const account = await openAccount(staff, customer);
  await staff.deposit(account, openingDeposit);
  customer.unused.push(account);
}

async function openAccount(staff: Staff, { id }: Pick<Customer, 'id'>): Promise<string> {
  const { path, method } = contract.openAccount;
  const body = { customer_id: id, account_type: 'CHECKING', interest_rate: '0' };
  const { id: account } = await staff.must({ method, path, key: randomUUID(), body });
  staff.books.opened(String(account));
  return String(account);
}

/** Names and numbers at random: a social security number that none before it is likely to have had. */
function registrationOf(email: string): object {
  return {
    first_name: 'Load',
    last_name: 'Test',
    email,
    phone: `+1${randomInt(1e12, 1e13)}`,
    ssn: `${randomInt(100, 600)}${randomInt(10, 99)}${randomInt(1000, 9999)}`,
    date_of_birth: '1990-01-01',
    address: { line1: '1 Example Street', city: 'Springfield', postal_code: '00000', country: 'US' },
  };
}
