/** A queue whose messages a function is invoked with. */
export interface EventSourceDefinition {
  /** A UUID. */
  id: string;
  queueArn: string;
  functionName: string;
  /** The most messages of one invocation. */
  batchSize: number;
  /** How long messages are gathered, from the first of a batch on. */
  windowSeconds: number;
  /** How many invocations run at once; the local cloud's own limit where a template has none. */
  maximumConcurrency?: number;
  /** Whether the function's answer tells which messages failed (`ReportBatchItemFailures`). */
  reportsItemFailures: boolean;
  enabled: boolean;
}
