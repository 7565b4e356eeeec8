/** Which accounts a transfer is between: any two, any two of the first ten, or from any to the one that everybody pays. */
export type Spread = 'any' | 'ten' | 'one';

/** What clients do over and over, each on a connection of its own. */
export type Work =
  /** The least a durable transfer costs: one statement that updates two rows and inserts one. */
  | { kind: 'floor'; url: string; accounts: number }
  /** The rows that a transfer of the bank leaves, written by one statement that asks and checks nothing. */
  | { kind: 'rows'; url: string; accounts: number }
  /** bank.post_transfer. */
  | { kind: 'transfer'; url: string; accounts: number; spread: Spread }
  /** bank.post_transfers, of so many. */
  | { kind: 'batch'; url: string; accounts: number; size: number }
  /** The first page of an account's transactions. */
  | { kind: 'list'; url: string; accounts: number }
  /** An account's balance at a moment of the last 80 days. */
  | { kind: 'balance-at'; url: string; accounts: number }
  /** A transfer as the bank does it, through the Data API, with so many milliseconds added to each call. */
  | { kind: 'one-call'; url: string; accounts: number; delay: number }
  /** A transfer in eight calls of the Data API. */
  | { kind: 'many-calls'; url: string; accounts: number; delay: number };

export interface LoadPlan {
  work: Work;
  clients: number;
  seconds: number;
}

/** What clients saw of their work. */
export interface LoadRound {
  /** From the first request to the last answer. */
  seconds: number;
  /** Milliseconds that each answer took. */
  latencies: number[];
  /** What was refused, by code. */
  refusals: Record<string, number>;
}
