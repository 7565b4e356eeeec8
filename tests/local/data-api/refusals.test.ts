import { afterAll, beforeAll, expect, test } from 'vitest';
import { DataApiError } from '../../../local/data-api/index.ts';
import { body, type DataApiUnderTest, dataApiUnderTest } from './data-api-client.ts';

const calls: unknown[] = [];
const lines: string[] = [];
let api: DataApiUnderTest;
beforeAll(async () => {
  api = await dataApiUnderTest({ onCall: call => calls.push(call), log: line => lines.push(line) });
  await api.execute('create table parents (id int primary key)');
  await api.execute('create table children (parent int references parents)');
});
afterAll(() => api.stop());

test('a database error is told with its hint, position and SQLSTATE, and no detail', async () => {
  expect(await api.refusal('selec 1')).toBe(
    'DatabaseErrorException: ERROR: syntax error at or near "selec"; Position: 1; SQLState: 42601',
  );
  expect(await api.refusal('select substr(1)')).toMatch(
    /^DatabaseErrorException: ERROR: function substr\(integer\) does not exist; Hint: .*; Position: 8; SQLState: 42883$/,
  );
  expect(await api.refusal('insert into children values (1)')).toBe(
    'DatabaseErrorException: ERROR: insert or update on table "children" violates foreign key constraint ' +
      '"children_parent_fkey"; SQLState: 23503',
  );
});

test('an error raised by a function keeps its SQLSTATE', async () => {
  await api.execute(
    "create function fail() returns void language plpgsql as 'begin raise sqlstate ''BK001'' using message = ''no''; end'",
  );
  expect(await api.refusal('select fail()')).toBe('DatabaseErrorException: ERROR: no; SQLState: BK001');
});

test('several statements in one call are refused, a closing semicolon is not', async () => {
  expect(await api.refusal('select 1; select 2')).toBe("ValidationException: Multistatements aren't supported.");
  expect(await api.row('select 1;')).toEqual([{ longValue: 1 }]);
});

test('the schema parameter is refused', async () => {
  const refusal = "ValidationException: The schema parameter isn't supported";
  expect(await api.refusal('select 1', [], { schema: 'public' })).toBe(refusal);
});

test('COPY is refused, and the next statement runs', async () => {
  expect(await api.refusal('copy parents to stdout')).toContain('unexpected message: CopyOutResponse');
  expect(await api.refusal('copy parents from stdin')).toContain('unexpected message: CopyInResponse');
  expect(await api.row('select 1')).toEqual([{ longValue: 1 }]);
});

test('an empty statement does nothing', async () => {
  expect(await api.execute('')).toMatchObject({ numberOfRecordsUpdated: 0, generatedFields: [] });
});

test.each([
  ['no resourceArn', { resourceArn: undefined, sql: 'select 1' }, 'ValidationException', "'resourceArn'"],
  ['no secretArn', { secretArn: null, sql: 'select 1' }, 'ValidationException', "'secretArn'"],
  ['no sql', {}, 'ValidationException', "'sql'"],
  [
    'a parameter without a name',
    { sql: 'select 1', parameters: [{}] },
    'ValidationException',
    "'parameters.1.member.name'",
  ],
  [
    'a database name of 65 characters',
    { sql: 'select 1', database: 'x'.repeat(65) },
    'ValidationException',
    "'database'",
  ],
  ['an unknown format', { sql: 'select 1', formatRecordsAs: 'XML' }, 'ValidationException', '[NONE, JSON]'],
  ['a NUL in the statement', { sql: 'select \u0000' }, 'ValidationException', 'NUL'],
  ['sql that is a number', { sql: 1 }, 'SerializationException', 'sql'],
  ['parameters that are no list', { sql: 'select 1', parameters: {} }, 'SerializationException', 'parameters'],
  [
    'a flag that is a string',
    { sql: 'select 1', includeResultMetadata: 'yes' },
    'SerializationException',
    'includeResultMetadata',
  ],
])('%s is refused', async (_what, members, error, named) => {
  const reply = await api.post('/Execute', body(members));
  expect(reply).toMatchObject({ status: 400, error });
  expect(reply.body).toContain(named);
});

test('a body that is not a JSON object cannot be read', async () => {
  for (const malformed of ['{', '[]', 'null', '"x"']) {
    expect(await api.post('/Execute', malformed)).toMatchObject({ status: 400, error: 'SerializationException' });
  }
});

test('a request without an Authorization header is refused, with any is not', async () => {
  const request = body({ sql: 'select 1' });
  expect(await api.post('/Execute', request, {})).toMatchObject({
    status: 403,
    error: 'MissingAuthenticationTokenException',
  });
  expect(await api.post('/Execute', request, { authorization: 'anything' })).toMatchObject({ status: 200 });
});

test('a path or method there is not is an unknown operation', async () => {
  expect(await api.post('/Nothing', '{}')).toMatchObject({ status: 404, error: 'UnknownOperationException' });
  const got = await fetch(`${api.url}/Execute`, { headers: { authorization: 'x' } });
  expect(got.status).toBe(404);
});

test('ExecuteSql is deprecated', async () => {
  expect(await api.post('/ExecuteSql', '{}')).toMatchObject({ status: 400, error: 'BadRequestException' });
});

test('each accepted request is told once, each refusal logged once', async () => {
  calls.length = 0;
  lines.length = 0;
  await api.execute('select 1');
  await api.refusal('select nothing');
  expect(calls).toEqual([
    { operation: 'ExecuteStatement', sql: 'select 1' },
    { operation: 'ExecuteStatement', sql: 'select nothing' },
  ]);
  expect(lines).toEqual([expect.stringMatching(/^DatabaseErrorException: .*42703$/)]);
});

test('who connects decides which clusters, secrets and databases there are', async () => {
  const strict = await dataApiUnderTest({
    connect: () => {
      throw new DataApiError('BadRequestException', 'HttpEndpoint is not enabled for resource x');
    },
  });
  try {
    expect(await strict.refusal('select 1')).toBe('BadRequestException: HttpEndpoint is not enabled for resource x');
  } finally {
    await strict.stop();
  }
});

test('a PostgreSQL that is not there is unavailable', async () => {
  const nowhere = await dataApiUnderTest({ connect: () => ({ connectionString: 'postgres://x@127.0.0.1:1/x' }) });
  try {
    const reply = await nowhere.post('/Execute', body({ sql: 'select 1' }));
    expect(reply).toMatchObject({ status: 504, error: 'DatabaseUnavailableException' });
  } finally {
    await nowhere.stop();
  }
});

test('a database that is not there is a database error', async () => {
  const url = new URL(api.database.url);
  url.pathname = '/nothing_here';
  const lost = await dataApiUnderTest({ connect: () => ({ connectionString: url.href }) });
  try {
    expect(await lost.refusal('select 1')).toBe(
      'DatabaseErrorException: ERROR: database "nothing_here" does not exist; SQLState: 3D000',
    );
  } finally {
    await lost.stop();
  }
});

test('a backend that is terminated fails its call, ends its transaction, and is replaced', async () => {
  const suicide = 'select pg_terminate_backend(pg_backend_pid())';
  expect(await api.refusal(suicide)).toContain('SQLState: 57P01');
  expect(await api.row('select 1')).toEqual([{ longValue: 1 }]);
  const transactionId = await api.begin();
  expect(await api.refusal(suicide, [], { transactionId })).toContain('SQLState: 57P01');
  expect(await api.refusal('select 1', [], { transactionId })).toMatch(/^TransactionNotFoundException/);
});
