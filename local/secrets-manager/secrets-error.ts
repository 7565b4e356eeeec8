/** The exceptions of Secrets Manager that are served here; all are HTTP 400. */
export type SecretsErrorCode =
  | 'InvalidParameterException'
  | 'InvalidRequestException'
  | 'MissingAuthenticationTokenException'
  | 'ResourceExistsException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException';

/** An answer that is not 200; the code is its `__type`. */
export class SecretsError extends Error {
  readonly code: SecretsErrorCode;

  constructor(code: SecretsErrorCode, message: string) {
    super(message);
    this.name = code;
    this.code = code;
  }
}
