import type { BankFunction } from './bank-function.ts';

/** Something that a function may be given: the variables that tell it where that is, and the powers to use it. */
export interface Provision {
  readonly environment: Readonly<Record<string, string>>;
  allow(handler: BankFunction): void;
}
