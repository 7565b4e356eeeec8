import { createHash } from 'node:crypto';

export const lowerAlphanumeric = 'abcdefghijklmnopqrstuvwxyz0123456789';
const upperAlphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
export const mixedAlphanumeric = `${lowerAlphanumeric}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/**
 * Characters that look random as AWS's ids do, yet are the same for the same seed at every start, so that users,
 * secrets and keys kept from an earlier run are found again.
 */
export function stableId(seed: string, length: number, alphabet: string): string {
  const digest = createHash('sha512').update(seed).digest();
  return [...digest.subarray(0, length)].map(byte => alphabet[byte % alphabet.length]).join('');
}

/** A UUID that is the same for the same seed at every start. */
export function stableUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/**
 * The name CloudFormation makes for a resource without one: `<stack>-<logical id>-<12 characters>`, the first parts
 * cut so that the whole fits the service's limit
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-logical-id.html).
 */
export function generatedName(stack: string, logicalId: string, limit = 64): string {
  const suffix = stableId(`${stack}/${logicalId}`, 12, upperAlphanumeric);
  const room = limit - suffix.length - 1;
  const half = Math.floor((room - 1) / 2);
  const prefix = `${stack}-${logicalId}`;
  const cut = prefix.length <= room ? prefix : `${stack.slice(0, half)}-${logicalId.slice(0, half)}`;
  return `${cut}-${suffix}`;
}
