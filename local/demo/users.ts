import type { Role } from '../../lambdas/domain/caller.ts';

/** A user of the local bank, made at the first start. They exist nowhere else. */
export interface DemoUser {
  name: string;
  role: Role;
  firstName: string;
  lastName: string;
}

/** Everybody's password, and visibly no secret. */
export const demoPassword = 'Demo-password-1!';

export const demoUsers: readonly DemoUser[] = [
  { name: 'alice', role: 'customer', firstName: 'Alice', lastName: 'Demo' },
  { name: 'bob', role: 'customer', firstName: 'Bob', lastName: 'Demo' },
  { name: 'teller', role: 'teller', firstName: 'Teller', lastName: 'Demo' },
  { name: 'analyst', role: 'analyst', firstName: 'Analyst', lastName: 'Demo' },
  { name: 'auditor', role: 'auditor', firstName: 'Auditor', lastName: 'Demo' },
  { name: 'admin', role: 'admin', firstName: 'Admin', lastName: 'Demo' },
];

/** The address with which a demo user signs in. */
export function emailOf(name: string): string {
  return `${name}@demo.example`;
}
