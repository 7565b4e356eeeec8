import { addSource, type Customer, makeCustomer } from './customer.ts';
import type { Allowed } from './gate.ts';
import { inParallel } from './in-parallel.ts';
import type { LoadOptions } from './options.ts';
import type { Staff } from './staff.ts';
import type { User } from './users.ts';

/** How many customers are made at once. */
const atOnce = 16;
/** An account more than the measured speed asks for, for every so many: the load is a little faster than the making. */
const reserve = 1.25;

/**
 * Makes the customers, and accounts for as many payments as the run can come to at the speed at which this goes. Should they
 * not be enough, the run opens more as it goes.
 *
 * @param customers is filled as they are made, so that those are known if it fails half-way.
 */
export async function prepare(
  staff: Staff,
  options: LoadOptions,
  allowed: Allowed,
  addUser: () => Promise<User>,
  customers: Customer[],
  progress: (line: string) => void,
): Promise<void> {
  progress(`making ${options.users} customers`);
  await inParallel(Array.from({ length: options.users }), atOnce, async () => {
    const user = await addUser();
    try {
      customers.push(await makeCustomer(staff, user));
    } catch (error) {
      await user.remove();
      throw error;
    }
  });
  const first = Math.max(options.inFlight, options.users);
  const began = performance.now();
  progress(`opening ${first} accounts`);
  await openSources(staff, customers, first);
  // An account is two requests; a payment is one.
  const speed = (2 * first) / ((performance.now() - began) / 1_000);
  const payments = speed * (options.duration + options.ramp) * reserve;
  const more = Math.max(0, Math.ceil(payments / allowed.paymentsOfAccount) - first);
  progress(
    `opening ${more} more, ${Math.round(speed)} requests/s: each pays ${allowed.paymentsOfAccount} times within the hour`,
  );
  await openSources(staff, customers, more);
}

function openSources(staff: Staff, customers: readonly Customer[], count: number): Promise<void> {
  const owners = Array.from({ length: count }, (_, index) => customers[index % customers.length]);
  return inParallel(owners, atOnce, async owner => {
    if (owner) await addSource(staff, owner);
  });
}
