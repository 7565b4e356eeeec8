/** An answer that is not 200: `type` is its `__type`; an empty message is left out, as AWS leaves it out. */
export class AwsJsonError extends Error {
  override readonly name = 'AwsJsonError';
  readonly type: string;
  readonly status: number;

  constructor(type: string, message = '', status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}
