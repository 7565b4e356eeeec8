import type * as z from 'zod';
import { validatedInput } from '../aws-json/validated-input.ts';
import type { KeyStore } from './key-store.ts';

/** What operations work with. */
export interface Kms {
  store: KeyStore;
  /** Milliseconds since 1970. */
  now(): number;
}

/** An operation of KMS: takes the request's JSON, gives the answer's. */
export type Operation = (kms: Kms, input: unknown) => object | Promise<object>;

/** An operation: what it needs, and what it does. Input that does not fit is a ValidationException. */
export function operation<Input extends z.ZodType>(
  schema: Input,
  run: (kms: Kms, input: z.output<Input>) => object | Promise<object>,
): Operation {
  return (kms, input) => run(kms, validatedInput(schema, input));
}
