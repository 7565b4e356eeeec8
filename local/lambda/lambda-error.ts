const statuses = {
  InvalidRequestContentException: 400,
  InvalidRuntimeException: 502,
  RequestTooLargeException: 413,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
} as const;

/** The Lambda service refuses a call before any code runs; the code is the exception's name, the status HTTP's. */
export class LambdaError extends Error {
  readonly code: keyof typeof statuses;
  readonly status: number;

  constructor(code: keyof typeof statuses, message: string) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = statuses[code];
  }
}
