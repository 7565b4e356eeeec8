import { createRequire } from 'node:module';

/** One request of a client's list. */
export interface PlannedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

interface LoadClient {
  /** Gives a client its own list of requests, sent in order and over again. */
  setRequests(requests: PlannedRequest[]): void;
}

interface LoadOptions {
  url: string;
  connections: number;
  /** Ends after so many seconds, what is on its way then being cut off. */
  duration?: number;
  /** Ends after so many answers instead. */
  amount?: number;
  /** Seconds until a request counts as timed out. */
  timeout: number;
  /** Milliseconds between samples, and so how exactly the duration is kept. */
  sampleInt: number;
  setupClient(client: LoadClient): void;
}

interface LoadResult {
  /** Connections that failed and requests that timed out. */
  errors: number;
}

interface LoadRun extends Promise<LoadResult> {
  /** `start` comes when every client is made, and so after a while; `tick` comes every second. */
  on(event: 'start' | 'tick', listener: () => void): this;
  /** `responseTime` is in milliseconds. */
  on(
    event: 'response',
    listener: (client: LoadClient, statusCode: number, bytes: number, responseTime: number) => void,
  ): this;
}

/** The part of autocannon's API that the benchmark uses, with the types that the package itself does not bring. */
export const autocannon: (options: LoadOptions) => LoadRun = createRequire(import.meta.url)('autocannon');
