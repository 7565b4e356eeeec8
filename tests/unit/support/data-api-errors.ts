import {
  AccessDeniedException,
  BadRequestException,
  DatabaseErrorException,
  DatabaseResumingException,
  DatabaseUnavailableException,
  InternalServerErrorException,
  RDSDataServiceException,
  ServiceUnavailableError,
  StatementTimeoutException,
} from '@aws-sdk/client-rds-data';

const metadata = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

/** A database error as the Data API words it. */
export function databaseError(state: string, message = 'something about the statement'): DatabaseErrorException {
  return new DatabaseErrorException({ message: `ERROR: ${message}; SQLState: ${state}`, ...metadata(400) });
}

/** An error that the service or the SDK knows by its name only. */
export function namedError(name: string, message = 'no words'): Error {
  return Object.assign(new Error(message), { name });
}

/** An error of the operating system's network. */
function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 203.0.113.1:443`), { code });
}

/** An error of the service that has no name, but a status. */
function statusError(status: number): RDSDataServiceException {
  return new RDSDataServiceException({
    name: 'UnknownError',
    $fault: status < 500 ? 'client' : 'server',
    message: 'no words',
    ...metadata(status),
  });
}

/** Errors after which a call is sent again, each with what it is. */
export const repeatableErrors: [string, Error][] = [
  ['a serialization failure', databaseError('40001', 'could not serialize access due to concurrent update')],
  ['a deadlock', databaseError('40P01', 'deadlock detected')],
  ['a lock that was not had in time', databaseError('55P03', 'canceling statement due to lock timeout')],
  ['a statement cancelled by its time limit', databaseError('57014', 'canceling statement due to statement timeout')],
  ['a shutdown by an administrator', databaseError('57P01')],
  ['a crash', databaseError('57P02')],
  ['a database that is starting up', databaseError('57P03')],
  ['too many connections', databaseError('53300')],
  ['a lost connection', databaseError('08006')],
  ['a paused database that resumes', new DatabaseResumingException({ message: 'resuming', ...metadata(400) })],
  [
    'a paused database in the old words',
    new BadRequestException({ message: 'The cluster is resuming after being auto-paused.', ...metadata(400) }),
  ],
  ['a password that was replaced just now', databaseError('28P01', 'password authentication failed for user "x"')],
  [
    'the same in the words of the Data API',
    new BadRequestException({ message: 'FATAL: password authentication failed for user "x"', ...metadata(400) }),
  ],
  ['an unreachable database', new DatabaseUnavailableException({ message: 'unavailable', ...metadata(504) })],
  ["the service's time-out", new StatementTimeoutException({ message: 'timed out', ...metadata(400) })],
  ["the service's own failure", new InternalServerErrorException({ message: 'oops', ...metadata(500) })],
  ["the service's absence", new ServiceUnavailableError({ message: 'away', ...metadata(503) })],
  ['throttling', namedError('ThrottlingException', 'Rate exceeded')],
  ['throttling by status alone', statusError(429)],
  ['a bad gateway by status alone', statusError(502)],
  ["the client's time-out", namedError('TimeoutError')],
  ['a reset connection', networkError('ECONNRESET')],
  ['a refused connection', networkError('ECONNREFUSED')],
  ['a broken pipe', networkError('EPIPE')],
  ['a name that is not resolved', networkError('ENOTFOUND')],
  ['an unreachable network', networkError('ENETUNREACH')],
  ['an unreachable host', networkError('EHOSTUNREACH')],
  [
    'a database that has just become a reader',
    databaseError('25006', 'cannot execute INSERT in a read-only transaction'),
  ],
];

/** Errors after which the same call could only fail again, each with what it is. */
export const finalErrors: [string, Error][] = [
  ['a broken constraint', databaseError('23514', 'violates check constraint "balance_within_overdraft_limit"')],
  ['a duplicate', databaseError('23505', 'duplicate key value violates unique constraint')],
  ['a text that is no UUID', databaseError('22P02', 'invalid input syntax for type uuid: "x"')],
  ['a missing function', databaseError('42883')],
  ['a missing right', databaseError('42501', 'permission denied for function post_transfer')],
  [
    'a text that looks like a serialization failure',
    databaseError('22P02', 'invalid input syntax for type uuid: "SQLState: 40001"'),
  ],
  ['a bad request', new BadRequestException({ message: 'Duplicate parameter', ...metadata(400) })],
  ['no access', new AccessDeniedException({ message: 'not authorized', ...metadata(403) })],
  ['an unknown resource', namedError('NotFoundException')],
  ['expired credentials', namedError('ExpiredTokenException')],
  ['a defect', new TypeError('records is not iterable')],
];
