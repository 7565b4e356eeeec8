/** A refusal of SNS: its code on the wire, and the status of the answer. */
export class SnsError extends Error {
  override readonly name = 'SnsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const invalidParameter = (reason: string) => new SnsError('InvalidParameter', `Invalid parameter: ${reason}`);
export const notFound = (what: string) => new SnsError('NotFound', `${what} does not exist`, 404);
