import { parentPort, workerData } from 'node:worker_threads';
import { faultOf } from '../function-fault.ts';
import { type Handler, loadHandler, RuntimeError } from './load-handler.ts';
import type { EnvironmentData, EnvironmentMessage, InvocationMessage } from './messages.ts';

/** The exit status of Lambda's Node.js runtime after an exception that nothing caught. */
const crashStatus = 129;

const data: EnvironmentData = workerData;

function answer(message: EnvironmentMessage): void {
  parentPort?.postMessage(message);
}

function crash(thrown: unknown): never {
  answer({ kind: 'crashed', fault: faultOf(thrown) });
  process.exit(crashStatus);
}

/** The second argument of a handler (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html). */
function contextOf({ requestId, deadline }: InvocationMessage): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: data.logGroupName,
    logStreamName: data.logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function toJson(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (error) {
    throw new RuntimeError('MarshalError', 'Unable to stringify response body', { cause: error });
  }
}

async function invoke(handler: Handler, invocation: InvocationMessage): Promise<void> {
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    answer({ kind: 'result', payload: toJson(result) });
  } catch (error) {
    answer({ kind: 'failed', fault: faultOf(error) });
  }
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', reason => crash(new RuntimeError('UnhandledPromiseRejection', String(reason))));

try {
  const handler = await loadHandler(data.taskRoot, data.handler);
  parentPort?.on('message', (invocation: InvocationMessage) => invoke(handler, invocation));
  answer({ kind: 'ready' });
} catch (error) {
  crash(error);
}
