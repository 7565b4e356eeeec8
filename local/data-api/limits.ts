/** The Data API's documented limits; tests shorten the times. */
export interface Limits {
  /** Bytes of one request body. */
  requestBytes: number;
  /** Bytes of one result as it comes from the database. */
  resultBytes: number;
  /** Characters of one SQL statement. */
  sqlCharacters: number;
  /** Milliseconds a statement may take before StatementTimeoutException. */
  statementMs: number;
  /** Milliseconds a transaction may wait for its next call. */
  transactionIdleMs: number;
  /** Milliseconds a transaction may live. */
  transactionMs: number;
  /** Backends for statements outside transactions, per connection target. */
  statementBackends: number;
  /** Backends for open transactions, per connection target. */
  transactionBackends: number;
}

export const DOCUMENTED_LIMITS: Limits = {
  requestBytes: 4 * 1024 * 1024,
  resultBytes: 1024 * 1024,
  sqlCharacters: 65_536,
  statementMs: 45_000,
  transactionIdleMs: 3 * 60_000,
  transactionMs: 24 * 3_600_000,
  statementBackends: 16,
  transactionBackends: 32,
};
