/** How many customers share the accounts of a filled bank. */
export const customers = 1_000;

const accountPrefix = '0198d5f0-0000-7000-8000-';
const customerPrefix = '0198d5f0-0000-7000-9000-';

/** The id of an account by its number, from 0. */
export function accountId(number: number): string {
  return accountPrefix + hex(number);
}

/** The id of the customer who owns an account. */
export function ownerOf(account: number): string {
  return customerPrefix + hex(account % customers);
}

/** `accountId` in SQL, of an expression. */
export function accountIdSql(number: string): string {
  return `('${accountPrefix}' || lpad(to_hex(${number}), 12, '0'))::uuid`;
}

/** A customer's id in SQL, of its number as an expression. */
export function customerIdSql(number: string): string {
  return `('${customerPrefix}' || lpad(to_hex(${number}), 12, '0'))::uuid`;
}

function hex(number: number): string {
  return number.toString(16).padStart(12, '0');
}
