/** What a caller gets in place of a result when a function fails, as Lambda's Node.js runtime words it. */
export interface FunctionFault {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

/** A thrown value as a fault; anything that is not an Error is named by its type. */
export function faultOf(thrown: unknown): FunctionFault {
  if (thrown instanceof Error) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** A fault of the environment around the function; Lambda leads such messages with the request's id. */
export function environmentFault(errorType: string, requestId: string, message: string): FunctionFault {
  return { errorType, errorMessage: `RequestId: ${requestId} Error: ${message}`, trace: [] };
}
