/** One of the clients that a load is made of. */
export interface LoadClient {
  /** Sends one piece of work and waits for its answer. @returns the code of a refusal; undefined when it was done. */
  send(): Promise<string | undefined>;
  close(): Promise<void>;
}
