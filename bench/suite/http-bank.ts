import type { BenchBank } from '../bench-bank.ts';
import type { Payer } from '../load-messages.ts';

/** A whole bank behind its API, and the customers who send. */
export interface HttpBank {
  bank: BenchBank;
  payers: Payer[];
}
