import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { contract, routes } from '../../../lambdas/api/contract.ts';
import { type Capability, routeKey } from '../../../lambdas/runtime/route.ts';
import { bankEventOf } from '../support/bank-events.ts';
import { claimsOf, eventOf, eventWithoutToken, lambdaContext } from '../support/events.ts';
import { captureLogs, logLines } from '../support/logs.ts';
import { accountId, otherAccountId, refusedTransaction, transactionId, transactionWith } from '../support/records.ts';

const client = mockClient(RDSDataClient);

const environment = {
  AWS_REGION: 'us-east-1',
  DATABASE_CLUSTER_ARN: 'cluster',
  DATABASE_SECRET_ARN: 'secret',
  DATABASE_NAME: 'bank',
  CUSTOMER_RULES: '["customer_deposits"]',
  CUSTOMER_ACCOUNT_LIMIT: '5',
  ACCOUNTS_NEED_VERIFIED_CUSTOMER: 'false',
  SSN_KEY_ID: 'key',
  SSN_INDEX_KEY_ID: 'index-key',
  SSN_INDEX_KEY_VERSION: '1',
  USER_POOL_ID: 'pool',
  AUDIT_BUCKET: 'audit',
  SEAL_KEY_ID: 'seal-key',
};

const functions = {
  system: () => import('../../../lambdas/api/system/index.ts'),
  accounts: () => import('../../../lambdas/api/accounts/index.ts'),
  payments: () => import('../../../lambdas/api/payments/index.ts'),
  transactions: () => import('../../../lambdas/api/transactions/index.ts'),
  customers: () => import('../../../lambdas/api/customers/index.ts'),
  limits: () => import('../../../lambdas/api/limits/index.ts'),
  users: () => import('../../../lambdas/api/users/index.ts'),
  fraud: () => import('../../../lambdas/api/fraud/index.ts'),
  holds: () => import('../../../lambdas/api/holds/index.ts'),
  orders: () => import('../../../lambdas/api/orders/index.ts'),
  audit: () => import('../../../lambdas/api/audit/index.ts'),
  statements: () => import('../../../lambdas/api/statements/index.ts'),
} satisfies Record<Capability, unknown>;

/** Each function is loaded anew, as Lambda does, in the environment that the test has stubbed. */
beforeEach(() => {
  client.reset();
  vi.resetModules();
  vi.unstubAllEnvs();
});

function stubEnvironment(changes: Record<string, string | undefined> = {}): void {
  for (const [name, value] of Object.entries({ ...environment, ...changes })) {
    vi.stubEnv(name, value);
  }
}

/** The database answers every call with this document. */
const databaseAnswers = (value: unknown) =>
  client.on(ExecuteStatementCommand).resolves({ records: [[{ stringValue: JSON.stringify(value) }]] });

const transfer = {
  routeKey: 'POST /transfer',
  body: { from_account_id: accountId, to_account_id: otherAccountId, amount: '12.50' },
};

describe.each(routes)('$name', route => {
  test(`is answered by the function ${route.capability}, and by nobody without a token unless it is public`, async () => {
    stubEnvironment();
    captureLogs();
    const { handler } = await functions[route.capability]();
    const { statusCode } = await handler(eventWithoutToken({ routeKey: routeKey(route) }), lambdaContext());
    expect(statusCode === 401).toBe(route.roles !== 'public');
    expect(client.calls()).toHaveLength(0);
  });
});

describe('a transfer', () => {
  test('costs exactly one call of the Data API', async () => {
    stubEnvironment();
    captureLogs();
    databaseAnswers({ transaction: transactionWith() });
    const { handler } = await functions.payments();
    const { statusCode, body } = await handler(eventOf(transfer), lambdaContext());
    expect(statusCode).toBe(200);
    expect(JSON.parse(body ?? '')).toMatchObject({ transaction_id: transactionId, status: 'COMPLETED' });
    expect(client.calls()).toHaveLength(1);
    expect(client.commandCalls(ExecuteStatementCommand)[0]?.args[0].input).toMatchObject({
      resourceArn: 'cluster',
      secretArn: 'secret',
      database: 'bank',
    });
  });

  test('that is refused costs one call too, and answers a problem with the transaction that recorded it', async () => {
    stubEnvironment();
    captureLogs();
    databaseAnswers({ refusal: { code: 'INSUFFICIENT_FUNDS', field: 'amount' }, transaction: refusedTransaction() });
    const { handler } = await functions.payments();
    const { statusCode, body } = await handler(eventOf(transfer), lambdaContext());
    expect(statusCode).toBe(400);
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'INSUFFICIENT_FUNDS', transaction_id: transactionId });
    expect(client.calls()).toHaveLength(1);
  });
});

describe('what a transfer wrote into the outbox', () => {
  const queue = mockClient(SQSClient);
  const written = { transaction: transactionWith(), events: [bankEventOf(1)] };

  beforeEach(() => {
    queue.reset();
    stubEnvironment({ EVENT_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/events', STAGE: 'test' });
    databaseAnswers(written);
  });

  async function post() {
    const { handler } = await functions.payments();
    return handler(eventOf(transfer), lambdaContext());
  }

  test('is asked for in the same call of the Data API, and sent to the queue', async () => {
    captureLogs();
    queue.on(SendMessageCommand).resolves({});
    expect((await post()).statusCode).toBe(200);
    expect(client.calls()).toHaveLength(1);
    const { sql } = client.commandCalls(ExecuteStatementCommand)[0]?.args[0].input ?? {};
    expect(sql).toMatch(/^select bank\.with_events\(\(select bank\.post_transfer\(.*\)\)\)$/);
    expect(queue.commandCalls(SendMessageCommand).map(call => call.args[0].input)).toEqual([
      {
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/events',
        MessageBody: JSON.stringify(bankEventOf(1)),
      },
    ]);
  });

  test('is no part of the answer', async () => {
    captureLogs();
    queue.on(SendMessageCommand).resolves({});
    expect((await post()).body).not.toContain('event');
  });

  test('is sent if the transfer was refused, too', async () => {
    captureLogs();
    queue.on(SendMessageCommand).resolves({});
    databaseAnswers({ refusal: { code: 'INSUFFICIENT_FUNDS', field: 'amount' }, events: [bankEventOf(1)] });
    expect((await post()).statusCode).toBe(400);
    expect(queue.calls()).toHaveLength(1);
  });

  test('and cannot be sent fails nothing: a warning and a metric tell of it', async () => {
    const logged = captureLogs();
    queue.on(SendMessageCommand).rejects(new Error('the queue is away'));
    expect((await post()).statusCode).toBe(200);
    expect(logLines(logged())).toEqual([
      expect.objectContaining({
        level: 'WARN',
        message: 'events not sent',
        request_id: 'request-1',
        EventSendFailed: 1,
        stage: 'test',
      }),
      expect.objectContaining({ message: 'answered', status: 200 }),
    ]);
  });

  test('is not asked for where there is no queue', async () => {
    captureLogs();
    stubEnvironment({ EVENT_QUEUE_URL: undefined });
    databaseAnswers({ transaction: transactionWith() });
    expect((await post()).statusCode).toBe(200);
    expect(client.commandCalls(ExecuteStatementCommand)[0]?.args[0].input.sql).toMatch(/^select bank\.post_transfer/);
    expect(queue.calls()).toEqual([]);
  });

  test.each(['', 'events'])('goes nowhere: with the queue "%s" the function does not start', async url => {
    stubEnvironment({ EVENT_QUEUE_URL: url });
    await expect(functions.payments()).rejects.toThrow(/EVENT_QUEUE_URL/);
  });
});

test("the stage's rules reach the routes: what it does not name is not for customers", async () => {
  stubEnvironment({ CUSTOMER_RULES: '[]' });
  captureLogs();
  const { handler } = await functions.payments();
  const deposit = { routeKey: routeKey(contract.postDeposit), body: { account_id: accountId, amount: '1' } };
  expect((await handler(eventOf({ ...deposit, claims: claimsOf('customer') }), lambdaContext())).statusCode).toBe(403);
  expect(client.calls()).toHaveLength(0);
});

describe('a function whose environment is not complete', () => {
  test.each(['accounts', 'payments', 'transactions'] as const)('does not start: %s', async capability => {
    stubEnvironment({ DATABASE_NAME: undefined });
    await expect(functions[capability]()).rejects.toThrow(/DATABASE_NAME/);
  });

  test('names everything that it lacks at once', async () => {
    stubEnvironment({ DATABASE_NAME: undefined, DATABASE_SECRET_ARN: undefined, CUSTOMER_ACCOUNT_LIMIT: undefined });
    await expect(functions.accounts()).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^(?=.*DATABASE_SECRET_ARN)(?=.*DATABASE_NAME)(?=.*CUSTOMER_ACCOUNT_LIMIT)/s),
      }),
    );
  });

  test.each(['accounts', 'customers'] as const)(
    'does not start where four eyes are wanted "perhaps": %s',
    async name => {
      stubEnvironment({ FOUR_EYES: 'perhaps' });
      await expect(functions[name]()).rejects.toThrow(/FOUR_EYES/);
    },
  );

  test.each(['-1', '1.5', 'five', ''])('does not start with the account limit "%s"', async limit => {
    stubEnvironment({ CUSTOMER_ACCOUNT_LIMIT: limit });
    await expect(functions.accounts()).rejects.toThrow(/CUSTOMER_ACCOUNT_LIMIT/);
  });
});
