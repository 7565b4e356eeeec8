import { createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { RegisterCustomer } from '../../lambdas/adapters/customers.ts';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { ssnText } from '../../lambdas/domain/identity.ts';
import { randomSsn } from './random-ssn.ts';
import { type TestBank, teller } from './test-bank.ts';

/** A user that is not a customer yet. */
export function newcomer(): ActingCaller {
  return { ...teller, id: randomUUID(), roles: ['customer'], ownAccountsOnly: true };
}

/** A request to register, with a number as a customer writes it. Equal numbers have equal indexes; the ciphertext is noise. */
export function registration(
  caller: ActingCaller,
  ssn = randomSsn(),
  details: Partial<RegisterCustomer['details']> = {},
): RegisterCustomer {
  const digits = ssnText.parse(ssn);
  return {
    details: {
      first_name: 'Ada',
      last_name: 'Example',
      email: `${caller.id}@customers.example`,
      phone: `+1${randomInt(1e12, 1e13)}`,
      date_of_birth: '1990-02-28',
      address: { line1: '1 Test Street', city: 'Springfield', postal_code: '00000', country: 'US' },
      ...details,
    },
    ssn: {
      ciphertext: randomBytes(64).toString('base64'),
      last4: digits.slice(-4),
      indexes: [{ key_version: 1, mac: createHmac('sha256', 'key 1').update(digits).digest('base64') }],
    },
    key: randomUUID(),
    caller,
  };
}

/** Registers somebody new, and answers it as a caller. */
export async function registered(
  bank: TestBank,
  details: Partial<RegisterCustomer['details']> = {},
): Promise<ActingCaller> {
  const caller = newcomer();
  await bank.customers.registerCustomer(registration(caller, undefined, details));
  return caller;
}

/** What the outbox holds about a customer, oldest first. */
export async function eventsOf(
  bank: TestBank,
  id: string,
): Promise<{ type: string; actor: unknown; data: Record<string, unknown> }[]> {
  const { rows } = await bank.database.pool.query(
    'select type, actor, data from bank.events where aggregate_id = $1 order by id',
    [id],
  );
  return rows;
}
