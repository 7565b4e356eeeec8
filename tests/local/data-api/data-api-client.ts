import {
  BatchExecuteStatementCommand,
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  type ExecuteStatementCommandOutput,
  type Field,
  RDSDataClient,
  RollbackTransactionCommand,
  type SqlParameter,
} from '@aws-sdk/client-rds-data';
import { type DataApiOptions, startDataApi } from '../../../local/data-api/index.ts';
import { freshDatabase, type TestDatabase } from '../../support/postgres.ts';

const ARNS = {
  resourceArn: 'arn:aws:rds:us-east-1:000000000000:cluster:test',
  secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:test',
};

type Extra = Omit<Partial<ExecuteStatementCommandInput>, 'sql' | 'parameters'>;

/** The calls of the AWS SDK's client on one database. */
export interface DataApiCalls {
  execute(sql: string, parameters?: SqlParameter[], extra?: Extra): Promise<ExecuteStatementCommandOutput>;
  /** The first row's fields. */
  row(sql: string, parameters?: SqlParameter[], extra?: Extra): Promise<Field[]>;
  /** `Name: message` of the refusal; fails when there is none. */
  refusal(sql: string, parameters?: SqlParameter[], extra?: Extra): Promise<string>;
  batch(sql: string, parameterSets?: SqlParameter[][], transactionId?: string): Promise<unknown>;
  begin(database?: string): Promise<string>;
  commit(transactionId: string): Promise<string | undefined>;
  rollback(transactionId: string): Promise<string | undefined>;
}

/** The endpoint on an empty database, and the AWS SDK's client of it. */
export interface DataApiUnderTest extends DataApiCalls {
  url: string;
  database: TestDatabase;
  /** A raw request, past the SDK. */
  post(
    path: string,
    body: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; error: string | null; body: string }>;
  stop(): Promise<void>;
}

interface DatabaseOfCluster {
  resourceArn: string;
  secretArn: string;
  database?: string;
}

/** The calls of a client on a database of a cluster. */
export function callsOf(client: RDSDataClient, target: DatabaseOfCluster): DataApiCalls {
  const execute: DataApiCalls['execute'] = (sql, parameters, extra) =>
    client.send(new ExecuteStatementCommand({ ...target, sql, parameters, ...extra }));
  const { resourceArn, secretArn } = target;
  return {
    execute,
    async row(sql, parameters, extra) {
      const { records } = await execute(sql, parameters, extra);
      return records?.[0] ?? [];
    },
    refusal: (sql, parameters, extra) => refusalOf(execute(sql, parameters, extra)),
    async batch(sql, parameterSets, transactionId) {
      const reply = await client.send(
        new BatchExecuteStatementCommand({ ...target, sql, parameterSets, transactionId }),
      );
      return reply.updateResults;
    },
    async begin(database = target.database) {
      const reply = await client.send(new BeginTransactionCommand({ resourceArn, secretArn, database }));
      return reply.transactionId ?? '';
    },
    async commit(transactionId) {
      const ended = await client.send(new CommitTransactionCommand({ resourceArn, secretArn, transactionId }));
      return ended.transactionStatus;
    },
    async rollback(transactionId) {
      const ended = await client.send(new RollbackTransactionCommand({ resourceArn, secretArn, transactionId }));
      return ended.transactionStatus;
    },
  };
}

/** Starts the endpoint on a database of its own. */
export async function dataApiUnderTest(options: Partial<DataApiOptions> = {}): Promise<DataApiUnderTest> {
  const database = await freshDatabase();
  const api = await startDataApi({ connect: () => ({ connectionString: database.url }), ...options });
  const client = new RDSDataClient({
    endpoint: api.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    url: api.url,
    database,
    ...callsOf(client, ARNS),
    async post(path, body, headers = { authorization: 'test' }) {
      const reply = await fetch(api.url + path, { method: 'POST', headers, body });
      return { status: reply.status, error: reply.headers.get('x-amzn-errortype'), body: await reply.text() };
    },
    async stop() {
      client.destroy();
      await api.close();
      await database.drop();
    },
  };
}

/** How a promise fails, as `Name: message`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (failure) {
    return failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  }
  throw new Error('The call was not refused.');
}

export const text = (name: string, stringValue: string): SqlParameter => ({ name, value: { stringValue } });
export const long = (name: string, longValue: number): SqlParameter => ({ name, value: { longValue } });
export const hinted = (name: string, typeHint: SqlParameter['typeHint'], stringValue: string): SqlParameter => ({
  name,
  typeHint,
  value: { stringValue },
});

/** A raw request body that names the test's cluster and secret. */
export const body = (members: Record<string, unknown>): string => JSON.stringify({ ...ARNS, ...members });
