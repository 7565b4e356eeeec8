import type { FunctionFault } from '../function-fault.ts';

/** What the host tells a new execution environment about the function it is to load. */
export interface EnvironmentData {
  taskRoot: string;
  handler: string;
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
  logGroupName: string;
  logStreamName: string;
}

/** One invocation, on its way in; `event` is JSON text and `deadline` milliseconds since 1970. */
export interface InvocationMessage {
  requestId: string;
  event: string;
  deadline: number;
  traceId: string;
}

/** What an execution environment answers: once when it is up, then once for each invocation; `crashed` is its last. */
export type EnvironmentMessage =
  | { kind: 'ready' }
  | { kind: 'result'; payload: string }
  | { kind: 'failed'; fault: FunctionFault }
  | { kind: 'crashed'; fault: FunctionFault };
