import { randomBytes, randomInt } from 'node:crypto';
import type { Pool } from 'pg';

/**
 * Registers a customer without the API and KMS, for tests that are about something else: its social security number is
 * random bytes, and so is its index.
 */
export async function seedCustomer(pool: Pool, id: string): Promise<void> {
  const details = {
    first_name: 'Test',
    last_name: 'Customer',
    email: `${id}@customers.example`,
    phone: `+1${randomInt(1e12, 1e13)}`,
    date_of_birth: '1990-02-28',
    address: { line1: '1 Test Street', city: 'Springfield', postal_code: '00000', country: 'US' },
  };
  const ssn = {
    ciphertext: randomBytes(64).toString('base64'),
    last4: '0000',
    indexes: [{ key_version: 1, mac: randomBytes(32).toString('base64') }],
  };
  const { rows } = await pool.query('select bank.register_customer(gen_random_uuid(), $1, $2, $3, $4) as answer', [
    JSON.stringify(details),
    JSON.stringify(ssn),
    `seed-${id}`,
    // Not held to its own accounts: its seeding is not one of its requests.
    JSON.stringify({ id, roles: ['customer'], own_accounts_only: false }),
  ]);
  if (!rows[0].answer.customer) {
    throw new Error(`The customer was not registered: ${JSON.stringify(rows[0].answer)}`);
  }
}
