import { BankError } from '../../../lambdas/domain/errors.ts';

/** What was thrown by `work`, which must be one of the bank's own errors. */
export async function bankErrorOf(work: () => unknown): Promise<BankError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof BankError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The fields that a refusal complains of. */
export async function refusedFields(work: () => unknown): Promise<string[]> {
  const { code, details } = await bankErrorOf(work);
  if (code !== 'INVALID_REQUEST') {
    throw new Error(`refused with ${code} instead of INVALID_REQUEST`);
  }
  return (details.fields ?? []).map(({ field }) => field);
}
