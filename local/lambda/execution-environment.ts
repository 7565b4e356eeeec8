import { Worker } from 'node:worker_threads';
import { environmentVariables, newLogStreamName } from './environment-variables.ts';
import { environmentFault, type FunctionFault } from './function-fault.ts';
import type { HostedFunction } from './hosted-function.ts';
import { forEachLine } from './log-lines.ts';
import type { EnvironmentData, EnvironmentMessage, InvocationMessage } from './runtime/messages.ts';

/** What came of an invocation: the result as JSON text, or the fault. */
export type Outcome = { payload: string } | { fault: FunctionFault; timedOut?: true };

/** A running instance of a function; it takes one invocation at a time. */
export interface ExecutionEnvironment {
  /** Settles when the handler is loaded; with a fault when it cannot be, and the environment is then gone. */
  started: Promise<FunctionFault | undefined>;
  /** Never rejects. After a time-out or a crash the environment is gone. */
  invoke(requestId: string, event: string): Promise<Outcome>;
  readonly gone: boolean;
  stop(): Promise<void>;
}

export interface EnvironmentOptions {
  endpoints: Record<string, string>;
  log(line: string): void;
  /** Called once, when the environment has ended for whatever reason. */
  onGone(): void;
}

/** Lambda's limit for loading a handler, after which it tries once more within the function's own time-out. */
const initialisationMs = 10_000;
/** V8's own choice is several times this, which dozens of environments in one process turn into gigabytes. */
const maxYoungGenerationSizeMb = 12;
const workerFile = new URL('./runtime/worker.ts', import.meta.url);

function traceId(): string {
  const hex = crypto.randomUUID().replaceAll('-', '');
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=0`;
}

function startWorker(hosted: HostedFunction, endpoints: Record<string, string>): Worker {
  const logStreamName = newLogStreamName();
  const workerData: EnvironmentData = {
    taskRoot: hosted.assetDirectory ?? '',
    handler: hosted.handler,
    functionName: hosted.name,
    functionArn: hosted.arn,
    memoryMegabytes: hosted.memoryMegabytes,
    logGroupName: hosted.logGroupName,
    logStreamName,
  };
  return new Worker(workerFile, {
    workerData,
    env: environmentVariables(hosted, endpoints, logStreamName),
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: hosted.memoryMegabytes, maxYoungGenerationSizeMb },
    name: hosted.name,
  });
}

/** Starts a worker thread that loads the function's handler and waits for invocations. */
export function startEnvironment(hosted: HostedFunction, options: EnvironmentOptions): ExecutionEnvironment {
  const worker = startWorker(hosted, options.endpoints);
  forEachLine(worker.stdout, options.log);
  forEachLine(worker.stderr, options.log);

  let gone = false;
  let current = '';
  let settle: ((outcome: Outcome) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let crashFault: FunctionFault | undefined;

  function finish(outcome: Outcome): void {
    clearTimeout(timer);
    const waiting = settle;
    settle = undefined;
    waiting?.(outcome);
  }

  function expect(limitMs: number): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    settle = resolve;
    timer = setTimeout(() => {
      const seconds = (limitMs / 1000).toFixed(2);
      const message = `Task timed out after ${seconds} seconds`;
      options.log(`${new Date().toISOString()} ${current} ${message}`);
      gone = true;
      finish({ fault: environmentFault('Sandbox.Timedout', current, message), timedOut: true });
      worker.terminate();
    }, limitMs);
    return promise;
  }

  worker.on('message', (message: EnvironmentMessage) => {
    if (message.kind === 'crashed') crashFault = message.fault;
    else if (message.kind === 'failed') finish({ fault: message.fault });
    else finish({ payload: message.kind === 'result' ? message.payload : '' });
  });
  worker.on('error', error => {
    // The thread ran out of the memory its function is given; Lambda kills the process.
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      crashFault = environmentFault('Runtime.OutOfMemory', current, 'Runtime exited with error: signal: killed');
    } else {
      crashFault = { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
    }
  });
  worker.on('exit', status => {
    gone = true;
    const message = status === 0 ? 'Runtime exited without providing a reason' : `exit status ${status}`;
    const exitMessage = status === 0 ? message : `Runtime exited with error: ${message}`;
    finish({ fault: crashFault ?? environmentFault('Runtime.ExitError', current, exitMessage) });
    options.onGone();
  });

  const started = expect(initialisationMs + hosted.timeoutSeconds * 1000).then(outcome =>
    'fault' in outcome ? outcome.fault : undefined,
  );
  return {
    started,
    get gone() {
      return gone;
    },
    invoke(requestId, event) {
      current = requestId;
      const limitMs = hosted.timeoutSeconds * 1000;
      const outcome = expect(limitMs);
      const invocation: InvocationMessage = { requestId, event, deadline: Date.now() + limitMs, traceId: traceId() };
      worker.postMessage(invocation);
      return outcome;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
