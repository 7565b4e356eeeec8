import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type pg from 'pg';
import { DataApiError, fromPostgres } from './errors.ts';
import { DOCUMENTED_LIMITS, type Limits } from './limits.ts';
import { batchExecuteStatement, type Engine, executeStatement } from './operations.ts';
import {
  type JsonObject,
  parseBatch,
  parseBody,
  parseStatement,
  parseTarget,
  parseTransactionTarget,
} from './requests.ts';
import { Sessions } from './sessions.ts';
import { Transactions } from './transactions.ts';

export interface DataApiOptions {
  /** 127.0.0.1 unless told. */
  host?: string;
  /** 0, any free port, unless told. */
  port?: number;
  /**
   * The PostgreSQL that a call's cluster, secret and database mean. Throw a `DataApiError` to refuse one; a call inside
   * a transaction does not ask again.
   */
  connect(call: {
    resourceArn: string;
    secretArn: string;
    database?: string;
  }): Promise<pg.ClientConfig> | pg.ClientConfig;
  /** Called once for each accepted request. */
  onCall?(call: { operation: string; sql?: string }): void;
  /** One line for each request that fails. */
  log?(line: string): void;
  /** The documented limits, where a test needs others. */
  limits?: Partial<Limits>;
}

export interface DataApi {
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the RDS Data API (restJson1 over HTTP) on PostgreSQL. Any `Authorization` header is accepted, none is not.
 * Behaves as the User Guide's chapters on the Data API for Aurora Serverless v2 say, refusals included.
 */
export async function startDataApi(options: DataApiOptions): Promise<DataApi> {
  const limits = { ...DOCUMENTED_LIMITS, ...options.limits };
  const sessions = new Sessions(limits);
  const transactions = new Transactions(sessions, limits);
  const engine: Engine = { sessions, transactions, limits, connect: target => options.connect(target) };

  const server = createServer((request, response) => {
    void handle(request, engine, options)
      .catch(fromPostgres)
      .then(answer => send(response, answer, options.log));
  });
  server.keepAliveTimeout = 75_000;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://${host}:${port}`,
    port,
    async close() {
      const closed = new Promise(resolve => server.close(resolve));
      transactions.close();
      await sessions.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type Operation = (engine: Engine, body: JsonObject) => Promise<string>;

const OPERATIONS: Record<string, [name: string, run: Operation]> = {
  '/Execute': ['ExecuteStatement', (engine, body) => executeStatement(engine, parseStatement(body, engine.limits))],
  '/BatchExecute': [
    'BatchExecuteStatement',
    (engine, body) => batchExecuteStatement(engine, parseBatch(body, engine.limits)),
  ],
  '/BeginTransaction': ['BeginTransaction', beginTransaction],
  '/CommitTransaction': ['CommitTransaction', (engine, body) => endTransaction(engine, body, 'COMMIT')],
  '/RollbackTransaction': ['RollbackTransaction', (engine, body) => endTransaction(engine, body, 'ROLLBACK')],
  '/ExecuteSql': ['ExecuteSql', refuseExecuteSql],
};

async function beginTransaction(engine: Engine, body: JsonObject): Promise<string> {
  const target = parseTarget(body);
  const id = await engine.transactions.begin(await engine.connect(target), target);
  return JSON.stringify({ transactionId: id });
}

async function endTransaction(engine: Engine, body: JsonObject, command: 'COMMIT' | 'ROLLBACK'): Promise<string> {
  const done = await engine.transactions.end(parseTransactionTarget(body), command);
  return JSON.stringify({ transactionStatus: done === 'COMMIT' ? 'Transaction Committed' : 'Rollback Complete' });
}

async function refuseExecuteSql(): Promise<string> {
  const message = 'This API is deprecated and not available. Use ExecuteStatement API instead';
  throw new DataApiError('BadRequestException', message);
}

async function handle(request: IncomingMessage, engine: Engine, options: DataApiOptions): Promise<string> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const raw = await readBody(request, engine.limits.requestBytes);
  const operation = request.method === 'POST' ? OPERATIONS[path] : undefined;
  if (!operation) throw new DataApiError('UnknownOperationException', '');
  if (!request.headers.authorization) {
    throw new DataApiError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [name, run] = operation;
  const body = parseBody(raw);
  options.onCall?.(typeof body.sql === 'string' ? { operation: name, sql: body.sql } : { operation: name });
  return run(engine, body);
}

function readBody(request: IncomingMessage, longest: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= longest) chunks.push(chunk);
  });
  request.on('error', reject);
  request.on('end', () => {
    if (size <= longest) resolve(Buffer.concat(chunks).toString('utf8'));
    else reject(new DataApiError('RequestEntityTooLargeException', 'Request body is too large.'));
  });
  return promise;
}

function send(response: ServerResponse, answer: string | DataApiError, log?: (line: string) => void): void {
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
  };
  let body = answer;
  if (typeof body !== 'string') {
    log?.(`${body.code}: ${body.message}`);
    headers['x-amzn-errortype'] = body.code;
    response.statusCode = body.status;
    body = body.message === '' ? '{}' : JSON.stringify({ message: body.message });
  }
  headers['content-length'] = Buffer.byteLength(body);
  response.writeHead(response.statusCode, headers).end(body);
}
