import type { Round } from './measurements.ts';

/** A customer with a token, and the accounts that it may pay from. */
export interface Payer {
  token: string;
  accounts: string[];
}

/** What the load process is to do. */
export interface LoadPlan {
  url: string;
  path: string;
  clients: number;
  /** Ends after so many seconds, what is on its way then being cut off; or after so many answers. */
  until: { seconds: number } | { answers: number };
  payers: Payer[];
}

/** What it tells: about once a second how many answers came since, and at the end what was measured. */
export type LoadReport = { kind: 'tick'; answers: number } | { kind: 'done'; round: Round };
