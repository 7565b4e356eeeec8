/** An answer that is not 200: `type` is its `__type`; an empty message is left out, as AWS leaves it out. */
export class AwsJsonError extends Error {
  override readonly name: string = 'AwsJsonError';
  readonly type: string;
  readonly status: number;
  /** Sent with the answer beside the headers that every answer has. */
  readonly headers: Record<string, string>;

  constructor(type: string, message = '', status = 400, headers: Record<string, string> = {}) {
    super(message);
    this.type = type;
    this.status = status;
    this.headers = headers;
  }
}
