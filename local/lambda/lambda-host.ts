import { EnvironmentPool } from './environment-pool.ts';
import { type Outcome, startEnvironment } from './execution-environment.ts';
import type { FunctionFault } from './function-fault.ts';
import type { HostedFunction } from './hosted-function.ts';
import { LambdaError } from './lambda-error.ts';
import { checkRequestSize, isResponseTooLarge, responseTooLargeMessage } from './payload-limits.ts';

export type InvocationType = 'RequestResponse' | 'Event' | 'DryRun';

/** The answer of Lambda's Invoke operation. */
export interface InvokeResult {
  statusCode: 200 | 202 | 204;
  /** Set when the function failed; `payload` is then the fault. */
  functionError?: 'Unhandled';
  /** The result after its trip through JSON; null where the function returned nothing. */
  payload: unknown;
  timedOut: boolean;
}

export interface LambdaHostOptions {
  functions: HostedFunction[];
  /** Where the services are: `AWS_ENDPOINT_URL_<SERVICE>` → URL, given to every function. */
  endpoints: Record<string, string>;
  /** Takes what functions write to standard output and error, line by line. */
  log?(functionName: string, line: string): void;
  /** How many invocations of one function run at once, 8 by default; the others wait. */
  concurrency?: number;
}

export interface LambdaHost {
  /**
   * Invokes a function by its name or ARN (a version or alias leads to the same code) with an event that can be written
   * as JSON. A function's own failure is part of the result; rejects with LambdaError for an unknown function, an event
   * over the limit, or code that cannot be hosted.
   */
  invoke(name: string, event: unknown, options?: { type?: InvocationType }): Promise<InvokeResult>;
  /** As `invoke`, for an event that is JSON text already. */
  invokeJson(name: string, event: string, options?: { type?: InvocationType }): Promise<InvokeResult>;
  /** Starts an environment of each function; one that cannot start fails at its first invocation instead. */
  prewarm(names: string[]): Promise<void>;
  /** Ends a function's environments as if their process had been killed. */
  kill(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A failed asynchronous invocation is tried twice more, here at once (AWS waits a minute, then two). */
const asynchronousTries = 3;

function nameOf(reference: string): string {
  return /:function:([^:]+)/.exec(reference)?.[1] ?? reference;
}

function failure(fault: FunctionFault, timedOut: boolean): InvokeResult {
  // Faults of the environment have no trace, and Lambda then leaves the field out.
  const { trace, ...rest } = fault;
  return { statusCode: 200, functionError: 'Unhandled', payload: trace.length > 0 ? fault : rest, timedOut };
}

function resultOf(outcome: Outcome): InvokeResult {
  if ('fault' in outcome) return failure(outcome.fault, outcome.timedOut === true);
  if (isResponseTooLarge(outcome.payload)) {
    return failure(
      { errorType: 'Function.ResponseSizeTooLarge', errorMessage: responseTooLargeMessage, trace: [] },
      false,
    );
  }
  return { statusCode: 200, payload: JSON.parse(outcome.payload), timedOut: false };
}

/**
 * Runs functions from their bundles as Lambda does: each execution environment is a worker thread with nothing but the
 * function's own environment variables, and serves one invocation at a time.
 */
export function createLambdaHost({ functions, endpoints, log, concurrency = 8 }: LambdaHostOptions): LambdaHost {
  const hosted = new Map(functions.map(each => [each.name, each]));
  const pools = new Map<string, EnvironmentPool>();

  function poolOf(reference: string): EnvironmentPool {
    const name = nameOf(reference);
    const known = pools.get(name);
    if (known) return known;
    const definition = hosted.get(name);
    if (!definition) throw new LambdaError('ResourceNotFoundException', `Function not found: ${reference}`);
    if (definition.assetDirectory === undefined || !definition.runtime.startsWith('nodejs')) {
      throw new LambdaError('InvalidRuntimeException', `${name} is not a Node.js bundle, which is all that runs here`);
    }
    const writeLog = (line: string) => log?.(name, line);
    const pool = new EnvironmentPool(concurrency, onGone =>
      startEnvironment(definition, { endpoints, log: writeLog, onGone }),
    );
    pools.set(name, pool);
    return pool;
  }

  async function run(reference: string, event: string): Promise<InvokeResult> {
    const requestId = crypto.randomUUID();
    const outcome = await poolOf(reference).invoke(requestId, event);
    if ('fault' in outcome)
      log?.(nameOf(reference), `${requestId} ERROR Invoke Error ${JSON.stringify(outcome.fault)}`);
    return resultOf(outcome);
  }

  async function runInBackground(reference: string, event: string): Promise<void> {
    for (let tries = 0; tries < asynchronousTries; tries += 1) {
      if ((await run(reference, event)).functionError === undefined) return;
    }
  }

  async function invokeJson(reference: string, event: string, type: InvocationType = 'RequestResponse') {
    checkRequestSize(event, type === 'Event');
    poolOf(reference);
    if (type === 'RequestResponse') return await run(reference, event);
    if (type === 'Event') void runInBackground(reference, event);
    return { statusCode: type === 'Event' ? 202 : 204, payload: null, timedOut: false } satisfies InvokeResult;
  }

  return {
    invoke: (reference, event, options) => invokeJson(reference, JSON.stringify(event) ?? 'null', options?.type),
    invokeJson: (reference, event, options) => invokeJson(reference, event, options?.type),
    async prewarm(references) {
      await Promise.all(references.map(reference => poolOf(reference).prewarm()));
    },
    async kill(reference) {
      await pools.get(nameOf(reference))?.kill();
    },
    async close() {
      await Promise.all([...pools.values()].map(pool => pool.close()));
    },
  };
}
