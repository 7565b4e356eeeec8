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
  /** How many transfers a request has, where the path takes batches. */
  batch?: number;
  /** Ends after so many seconds, what is on its way then being cut off; or after so many answers. */
  until: { seconds: number } | { answers: number };
  payers: Payer[];
}
