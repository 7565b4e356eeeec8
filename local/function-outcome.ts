import * as z from 'zod';
import type { InvokeResult } from './lambda/lambda-host.ts';

const faultSchema = z.object({ errorMessage: z.string() });

/** What a function gave back, or, in its own words, why it failed. */
export function functionOutcome({ functionError, payload }: InvokeResult): { payload: unknown } | { fault: string } {
  if (functionError === undefined) return { payload };
  return { fault: faultSchema.safeParse(payload).data?.errorMessage ?? JSON.stringify(payload) };
}
