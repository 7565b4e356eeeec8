import pg from 'pg';

/** The errors this endpoint answers with, and the HTTP status AWS gives each. */
const STATUS = {
  AccessDeniedException: 403,
  BadRequestException: 400,
  DatabaseErrorException: 400,
  DatabaseNotFoundException: 404,
  DatabaseUnavailableException: 504,
  ForbiddenException: 403,
  HttpEndpointNotEnabledException: 400,
  InternalFailure: 500,
  InvalidSecretException: 400,
  MissingAuthenticationTokenException: 403,
  NotFoundException: 404,
  RequestEntityTooLargeException: 413,
  SecretsErrorException: 400,
  SerializationException: 400,
  StatementTimeoutException: 400,
  TransactionNotFoundException: 404,
  UnknownOperationException: 404,
  UnsupportedResultException: 400,
  ValidationException: 400,
} as const;

/** The name of an error as it stands in the `x-amzn-ErrorType` header. */
export type DataApiErrorCode = keyof typeof STATUS;

/** An answer that is not 200: its code goes in `x-amzn-ErrorType`, its message in the JSON body. */
export class DataApiError extends Error {
  readonly code: DataApiErrorCode;
  readonly status: number;

  constructor(code: DataApiErrorCode, message: string) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = STATUS[code];
  }
}

/** The request is well-formed JSON that the Data API refuses. */
export function invalid(message: string): DataApiError {
  return new DataApiError('ValidationException', message);
}

/** A value the service's JSON model cannot hold: wrong JSON type, malformed JSON, number out of range. */
export function unserializable(message: string): DataApiError {
  return new DataApiError('SerializationException', message);
}

/** The result holds something the Data API cannot return. */
export function unsupportedResult(message: string): DataApiError {
  return new DataApiError('UnsupportedResultException', message);
}

const SEVERAL_COMMANDS = 'cannot insert multiple commands into a prepared statement';
const STATEMENT_TIMED_OUT = 'canceling statement due to statement timeout';

/**
 * Says a PostgreSQL failure in the Data API's words: `DatabaseErrorException` with
 * `ERROR: <message>; [Hint: …;] [Position: N;] SQLState: XXXXX` for what the database refused, the service's own
 * exceptions for time-outs, several statements in one call, and a database that cannot be reached.
 */
export function fromPostgres(failure: unknown): DataApiError {
  if (failure instanceof DataApiError) return failure;
  if (failure instanceof pg.DatabaseError) return fromDatabaseError(failure);
  const reason = failure instanceof Error ? failure.message : String(failure);
  if (isConnectionFailure(failure, reason)) {
    return new DataApiError('DatabaseUnavailableException', `The database is unavailable: ${reason}`);
  }
  return new DataApiError('InternalFailure', reason);
}

/** Sockets fail with a system error code; pg says the rest in words. */
function isConnectionFailure(failure: unknown, reason: string): boolean {
  if (failure instanceof Error && 'syscall' in failure) return true;
  if (failure instanceof AggregateError) return failure.errors.some(one => isConnectionFailure(one, ''));
  return /^(Connection terminated|timeout exceeded|timeout expired|Client has encountered a connection error)/.test(
    reason,
  );
}

function fromDatabaseError(failure: pg.DatabaseError): DataApiError {
  const { message, code, hint, position } = failure;
  if (code === '42601' && message === SEVERAL_COMMANDS) return invalid("Multistatements aren't supported.");
  if (code === '57014' && message === STATEMENT_TIMED_OUT) {
    return new DataApiError('StatementTimeoutException', message);
  }
  // 57P02/57P03: the server is going down or not up yet, before the statement ran.
  if (code === '57P03' || code === '57P02') return new DataApiError('DatabaseUnavailableException', message);
  const parts = [`ERROR: ${nameStatement(message)}`];
  if (hint) parts.push(`Hint: ${hint}`);
  if (position) parts.push(`Position: ${position}`);
  parts.push(`SQLState: ${code ?? 'XX000'}`);
  return new DataApiError('DatabaseErrorException', parts.join('; '));
}

/** Aurora prepares every statement under a name; ours are unnamed, so PostgreSQL's message is given one. */
function nameStatement(message: string): string {
  return message.replace('prepared statement ""', 'prepared statement "sqlx_s_1"');
}
