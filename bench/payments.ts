import { randomInt } from 'node:crypto';
import type { PlannedRequest } from './autocannon.ts';
import type { Payer } from './load-messages.ts';

/**
 * Payments from a customer's own accounts to any others, of 0.01 to 9.99 each, at random. Without an Idempotency-Key
 * every sending of one is a transfer of its own.
 */
export function randomPayments(
  payer: Payer,
  accounts: readonly string[],
  path: string,
  count: number,
): PlannedRequest[] {
  return Array.from({ length: count }, () => request(payer, path, randomPayment(payer, accounts)));
}

/** As many batches of such payments, each all or none. */
export function randomBatches(
  payer: Payer,
  accounts: readonly string[],
  path: string,
  { count, size }: { count: number; size: number },
): PlannedRequest[] {
  return Array.from({ length: count }, () => {
    const transfers = Array.from({ length: size }, () => randomPayment(payer, accounts));
    return request(payer, path, { mode: 'ATOMIC', transfers });
  });
}

function request(payer: Payer, path: string, body: object): PlannedRequest {
  const headers = { authorization: `Bearer ${payer.token}`, 'content-type': 'application/json' };
  return { method: 'POST', path, headers, body: JSON.stringify(body) };
}

function randomPayment(payer: Payer, accounts: readonly string[]) {
  const from = pick(payer.accounts);
  return { from_account_id: from, to_account_id: pickOther(accounts, from), amount: randomAmount() };
}

function randomAmount(): string {
  const cents = randomInt(1, 1_000);
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

function pick(accounts: readonly string[]): string {
  const account = accounts[randomInt(accounts.length)];
  if (account === undefined) {
    throw new Error('A customer without accounts cannot pay');
  }
  return account;
}

function pickOther(accounts: readonly string[], than: string): string {
  const account = pick(accounts);
  return account === than ? pickOther(accounts, than) : account;
}
