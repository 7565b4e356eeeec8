import { availableParallelism } from 'node:os';
import type { ExecutionEnvironment, Outcome } from './execution-environment.ts';
import { environmentFault } from './function-fault.ts';

/** Loading a bundle keeps a core busy; the environments that are up already need the others to serve. */
const startsAtOnce = Math.ceil(availableParallelism() / 2);

interface Waiting {
  requestId: string;
  event: string;
  settle(outcome: Outcome): void;
}

/**
 * The execution environments of one function. An invocation takes an idle one, or waits for the first to be free while
 * more are started, up to `limit`; those waiting are served in order of arrival.
 */
export class EnvironmentPool {
  readonly #start: (onGone: () => void) => ExecutionEnvironment;
  readonly #limit: number;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #queue: Waiting[] = [];
  #starting = 0;
  #closed = false;

  constructor(limit: number, start: (onGone: () => void) => ExecutionEnvironment) {
    this.#limit = limit;
    this.#start = start;
  }

  /** Never rejects: what goes wrong in the function is part of the outcome. */
  invoke(requestId: string, event: string): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#queue.push({ requestId, event, settle: resolve });
    this.#dispatch();
    return promise;
  }

  /** Makes sure that one environment is up, so that the first invocation need not wait for it. */
  async prewarm(): Promise<void> {
    if (this.#all.size === 0) await this.#add();
  }

  /** Ends every environment, in the middle of its invocation if need be; the next invocation starts a new one. */
  async kill(): Promise<void> {
    await Promise.all([...this.#all].map(environment => environment.stop()));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#failWaiting();
    await this.kill();
  }

  #failWaiting(): void {
    for (const { requestId, settle } of this.#queue.splice(0)) {
      settle({ fault: environmentFault('Runtime.ExitError', requestId, 'the local cloud is stopping') });
    }
  }

  #dispatch(): void {
    if (this.#closed) this.#failWaiting();
    while (this.#queue.length > 0) {
      const environment = this.#idle.pop();
      if (!environment) break;
      if (!environment.gone) void this.#run(environment);
    }
    while (this.#queue.length > this.#starting && this.#all.size < this.#limit && this.#starting < startsAtOnce) {
      void this.#add();
    }
  }

  async #add(): Promise<void> {
    const environment = this.#start(() => {
      this.#all.delete(environment);
      this.#dispatch();
    });
    this.#all.add(environment);
    this.#starting += 1;
    const fault = await environment.started;
    this.#starting -= 1;
    if (fault) this.#queue.shift()?.settle({ fault });
    else this.#idle.push(environment);
    this.#dispatch();
  }

  async #run(environment: ExecutionEnvironment): Promise<void> {
    const waiting = this.#queue.shift();
    if (!waiting) return;
    waiting.settle(await environment.invoke(waiting.requestId, waiting.event));
    if (!environment.gone) this.#idle.push(environment);
    this.#dispatch();
  }
}
