import type { Role } from '../../lambdas/domain/caller.ts';

/** A user of the local bank, made at the first start. They exist nowhere else. */
export interface DemoUser {
  name: string;
  role: Role;
}

/** A user who is a customer of the bank as well, with what it tells when it registers. */
export interface DemoCustomer extends DemoUser {
  firstName: string;
  phone: string;
  ssn: string;
}

/** Everybody's password, and visibly no secret. */
export const demoPassword = 'Demo-password-1!';

/**
 * Their numbers are nobody's: one was printed on the sample card of a wallet, the other in a pamphlet of the Social Security
 * Administration, which withdrew both. The telephone numbers are of the range 555-01xx, kept for fiction.
 */
export const demoCustomers: readonly DemoCustomer[] = [
  { name: 'alice', role: 'customer', firstName: 'Alice', phone: '+12025550101', ssn: '078-05-1120' },
  { name: 'bob', role: 'customer', firstName: 'Bob', phone: '+12025550102', ssn: '219-09-9999' },
];

export const demoUsers: readonly DemoUser[] = [
  ...demoCustomers,
  { name: 'teller', role: 'teller' },
  { name: 'analyst', role: 'analyst' },
  { name: 'auditor', role: 'auditor' },
  { name: 'compliance', role: 'compliance' },
  { name: 'admin', role: 'admin' },
];

/** The address with which a demo user signs in. */
export function emailOf(name: string): string {
  return `${name}@demo.example`;
}
