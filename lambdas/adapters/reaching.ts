import { BankError } from '../domain/errors.ts';
import { isRepeatable } from './database-errors.ts';

/** KMS's answers that the key can't be used at present, beside those that any service gives. */
const unusable = new Set([
  'DependencyTimeoutException',
  'DisabledException',
  'KeyUnavailableException',
  'KMSInternalException',
  'KMSInvalidStateException',
]);

/**
 * Does what needs a service of AWS's.
 *
 * @param detail what the caller is told when the service does not answer
 * @throws BankError UNAVAILABLE when it doesn't; the service's own error when it answers that it will not.
 */
export async function reaching<Result>(work: () => Promise<Result>, detail: string): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isRepeatable(error) || (error instanceof Error && unusable.has(error.name))) {
      throw new BankError('UNAVAILABLE', { detail, retryAfter: 5, cause: error });
    }
    throw error;
  }
}
