import pg from 'pg';
import { type Binding, bindingsFor, missingParameter } from './bindings.ts';
import { columnMetadata } from './column-metadata.ts';
import { DataApiError, fromPostgres, unsupportedResult } from './errors.ts';
import type { Limits } from './limits.ts';
import { refuseDuplicateLabels, writeFormattedRecords, writeRecords } from './records.ts';
import type { BatchRequest, StatementRequest, Target } from './requests.ts';
import { describeColumns, supportedTypes } from './result-types.ts';
import type { Session, Sessions } from './sessions.ts';
import { type PositionalSql, toPositional } from './sql-parameters.ts';
import type { Outcome } from './statement.ts';
import type { Transactions, Work } from './transactions.ts';

/** What the operations work with. `connect` says which database a cluster, a secret and a database name mean. */
export interface Engine {
  sessions: Sessions;
  transactions: Transactions;
  limits: Limits;
  connect(target: Target): Promise<pg.ClientConfig> | pg.ClientConfig;
}

/** ExecuteStatement: one statement, in a transaction or committed at once. Answers the response body. */
export async function executeStatement(engine: Engine, request: StatementRequest): Promise<string> {
  const sql = toPositional(request.sql);
  const bindings = bindingsFor(sql, request.parameters);
  return inSession(engine, request, request.continueAfterTimeout, session => {
    const running = session.run(sql.text, [bindings]).catch(failure => rethrowMissing(failure, sql, bindings));
    return withinTimeLimit(engine, request, running, outcome => answerOf(outcome, request, session));
  });
}

/** PostgreSQL wanted values (08P01) for the `:name`s of a call that sent none. */
function rethrowMissing(failure: unknown, sql: PositionalSql, bindings: readonly Binding[]): never {
  const [name] = sql.names;
  const unbound = failure instanceof pg.DatabaseError && failure.code === '08P01' && bindings.length === 0;
  throw unbound && name !== undefined ? missingParameter(name) : failure;
}

/** BatchExecuteStatement: one statement once per parameter set, all or nothing. Answers the response body. */
export async function batchExecuteStatement(engine: Engine, request: BatchRequest): Promise<string> {
  const sql = toPositional(request.sql);
  const sets: Binding[][] = request.parameterSets.map(parameters => bindingsFor(sql, parameters));
  const updates = sets.map(() => '{"generatedFields":[]}').join();
  if (sets.length > 0) {
    await inSession(engine, request, false, session => sameTime(session.run(sql.text, sets).then(refuseOversize)));
  }
  return `{"updateResults":[${updates}]}`;
}

/** Runs a call in its transaction, or in a backend of its own. */
async function inSession<T>(
  engine: Engine,
  target: Target,
  patient: boolean,
  work: (session: Session) => Work<T>,
): Promise<T> {
  const { transactionId } = target;
  if (transactionId === undefined) {
    const session = await borrow(engine, target, patient);
    const { answer, finished } = work(session);
    void finished.catch(() => undefined).then(() => session.release());
    return answer.catch(rethrow);
  }
  try {
    return await engine.transactions.use({ ...target, transactionId }, session =>
      patient ? withoutServerLimit(engine, session, work) : work(session),
    );
  } catch (failure) {
    if (failure === OVERSIZE) engine.transactions.abort(transactionId);
    throw fromPostgres(failure);
  }
}

async function borrow(engine: Engine, target: Target, patient: boolean): Promise<Session> {
  const config = await engine.connect(target);
  return engine.sessions.borrow(config, patient ? 'patient' : 'statement').catch(rethrow);
}

function rethrow(failure: unknown): never {
  throw fromPostgres(failure);
}

function sameTime<T>(answer: Promise<T>): Work<T> {
  return { answer, finished: answer };
}

/** `continueAfterTimeout` in a transaction: the backend's own limit is lifted for this statement. */
function withoutServerLimit<T>(engine: Engine, session: Session, work: (session: Session) => Work<T>): Work<T> {
  const lifted = session.run('SET LOCAL statement_timeout = 0', [[]]);
  const started = lifted.then(() => work(session));
  const limit = `SET LOCAL statement_timeout = ${engine.limits.statementMs}`;
  return {
    answer: started.then(({ answer }) => answer),
    finished: started.then(({ finished }) => finished).then(() => session.run(limit, [[]])),
  };
}

/**
 * With `continueAfterTimeout` PostgreSQL is not told to stop, and the call answers StatementTimeoutException while the
 * statement runs on. Without it, PostgreSQL's own time-out is the answer.
 */
function withinTimeLimit<T>(
  engine: Engine,
  request: StatementRequest,
  running: Promise<Outcome>,
  answer: (outcome: Outcome) => Promise<T>,
): Work<T> {
  const whole = running.then(answer);
  if (!request.continueAfterTimeout) return sameTime(whole);
  const { promise, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => {
    reject(new DataApiError('StatementTimeoutException', 'Request timed out'));
  }, engine.limits.statementMs);
  const finished = whole.finally(() => clearTimeout(timer));
  return { answer: Promise.race([finished, promise]), finished };
}

const OVERSIZE = unsupportedResult('The result exceeds the size limit 1 MB.');

function refuseOversize(outcome: Outcome): Outcome {
  if (outcome.oversize) throw OVERSIZE;
  return outcome;
}

async function answerOf(outcome: Outcome, request: StatementRequest, session: Session): Promise<string> {
  refuseOversize(outcome);
  const { columns, rows } = outcome;
  if (!columns) return `{"generatedFields":[],"numberOfRecordsUpdated":${outcome.updated}}`;
  const described = await describeColumns(columns, session);
  // A result without rows is answered whatever its types.
  const types = rows.length === 0 ? [] : supportedTypes(described);
  const start = '{"numberOfRecordsUpdated":0,';
  if (request.formatAsJson) {
    const labels = columns.map(column => column.name);
    refuseDuplicateLabels(labels);
    return `${start}"formattedRecords":${writeFormattedRecords(rows, labels, types, request)}}`;
  }
  const records = `"records":${writeRecords(rows, types, request)}}`;
  if (!request.includeResultMetadata) return start + records;
  const metadata = JSON.stringify(await columnMetadata(described, session));
  return `${start}"columnMetadata":${metadata},${records}`;
}
