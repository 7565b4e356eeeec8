import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DataApiService, dataApiService } from './data-api-service.ts';

// The rules are those of the API Reference (Field, ArrayValue, ExecuteStatement, ResultSetOptions) and of what the service
// answers for each type of PostgreSQL.

let api: DataApiService;
beforeAll(async () => {
  api = await dataApiService();
});
afterAll(() => api.stop());

test.each([
  ['1::int2', { longValue: 1 }],
  ['2147483647', { longValue: 2147483647 }],
  ['1.50::numeric(10,2)', { stringValue: '1.50' }],
  ["'NaN'::numeric", { stringValue: 'NaN' }],
  ['1.5::float8', { doubleValue: 1.5 }],
  ['3.14::float4', { doubleValue: 3.14 }],
  ['true', { booleanValue: true }],
  ["'x'::varchar", { stringValue: 'x' }],
  ["'x'::char(3)", { stringValue: 'x  ' }],
  ["'x'::name", { stringValue: 'x' }],
  ["'x'", { stringValue: 'x' }],
  ['null', { isNull: true }],
  ["'\\x00ff'::bytea", { blobValue: new Uint8Array([0, 255]) }],
  ["'550E8400-e29b-41d4-a716-446655440000'::uuid", { stringValue: '550e8400-e29b-41d4-a716-446655440000' }],
  ["'2024-02-29'::date", { stringValue: '2024-02-29' }],
  ["'10:20:30'::time", { stringValue: '10:20:30' }],
  ["'2024-01-15 12:34:56'::timestamp", { stringValue: '2024-01-15 12:34:56' }],
  ["'2024-01-15 12:34:56.1'::timestamp", { stringValue: '2024-01-15 12:34:56.100' }],
  ["'2024-01-15 12:34:56.1234'::timestamp", { stringValue: '2024-01-15 12:34:56.123400' }],
  ["'2024-01-15 12:34:56+09'::timestamptz", { stringValue: '2024-01-15 03:34:56' }],
  ["'2024-01-15 12:34:56.123456+00'::timestamptz", { stringValue: '2024-01-15 12:34:56.123456' }],
  ['\'{"b": [1, 2.50], "a": " x : y "}\'::jsonb', { stringValue: '{"a":" x : y ","b":[1,2.5]}' }],
  ["'{ \"b\" : 1e400 }'::json -> 'c'", { isNull: true }],
  ["'1.2.3.4'::inet", { stringValue: '1.2.3.4' }],
  ["'10.0.0.0/8'::cidr", { stringValue: '10.0.0.0/8' }],
  ['int4range(1,3)', { stringValue: '[1,3)' }],
  ['numrange(1,3)', { stringValue: '[1,3)' }],
  ['42::oid', { longValue: 42 }],
  ['pg_sleep(0)', { stringValue: '' }],
])('%s comes back in its documented field', async (expression, field) => {
  expect(await api.row(`select ${expression}`)).toEqual([field]);
});

test.each([
  ['array[1,2]', { longValues: [1, 2] }],
  ["'{}'::int[]", { longValues: [] }],
  ["array['a', 'b,\"c\\', '', 'null']", { stringValues: ['a', 'b,"c\\', '', 'null'] }],
  ['array[true,false]', { booleanValues: [true, false] }],
  ['array[1.5::float8]', { doubleValues: [1.5] }],
  ['array[1.50]', { stringValues: ['1.50'] }],
  ["array['2024-01-01'::date]", { stringValues: ['2024-01-01'] }],
  ["array['2024-01-01 10:00+02'::timestamptz]", { stringValues: ['2024-01-01 08:00:00'] }],
  ['array[\'{"a": 1}\'::jsonb]', { stringValues: ['{"a":1}'] }],
  ["'[0:1]={7,8}'::int[]", { longValues: [7, 8] }],
  ["array[B'1']", { booleanValues: [true] }],
])('%s comes back as an array of its kind', async (expression, arrayValue) => {
  expect(await api.row(`select ${expression}`)).toEqual([{ arrayValue }]);
});

test.each([
  ["'1 day'::interval", 'INTERVAL'],
  ["'<a/>'::xml", 'xml'],
  ['\'x\'::"char"', '"CHAR"'],
  ["'pg_class'::regclass", 'regclass'],
  ['1::money', 'MONEY'],
  ["'(1,2)'::point", 'POINT'],
  ['int8range(1,3)', 'INT8RANGE'],
  ["'[2024-01-01,2024-01-02)'::daterange", 'DATERANGE'],
  ["'[2024-01-01,2024-01-02)'::tsrange", 'TSRANGE'],
  ["'08:00:2b:01:02:03'::macaddr", 'MACADDR'],
  ["'10:00+02'::timetz", 'TIMETZ'],
  ["array['1 day'::interval]", 'INTERVAL[]'],
])('%s is refused by name', async (expression, name) => {
  expect(await api.refusal(`select ${expression}`)).toBe(
    `UnsupportedResultException: The result contains the unsupported data type ${name}.`,
  );
});

test('a result without rows is answered whatever its types', async () => {
  const reply = await api.execute("select '1 day'::interval as i where false", [], { includeResultMetadata: true });
  expect(reply.records).toEqual([]);
  expect(reply.columnMetadata).toMatchObject([{ name: 'i' }]);
});

test('arrays of two dimensions, and arrays with nulls, are refused', async () => {
  expect(await api.refusal('select array[[1,2],[3,4]]')).toMatch(
    /^UnsupportedResultException: .*multidimensional array/,
  );
  expect(await api.refusal('select array[1,null]')).toMatch(/^UnsupportedResultException: .*NULL/);
});

test('an infinite timestamp is a bare internal failure', async () => {
  expect(await api.refusal("select 'infinity'::timestamptz")).toMatch(/^InternalFailure/);
});

test('an enumeration comes back as a string', async () => {
  await api.execute("create type mood as enum ('sad', 'happy')");
  expect(await api.row("select 'happy'::mood")).toEqual([{ stringValue: 'happy' }]);
});

test('a user-defined type is refused by its own name', async () => {
  await api.execute('create type pair as (a int, b int)');
  expect(await api.refusal('select (1,2)::pair')).toContain('unsupported data type pair.');
});

test('a select updates no records and has no generated fields; a change has a count and no records', async () => {
  await api.execute('create table things (id serial primary key, name text)');
  const inserted = await api.execute("insert into things (name) values ('a'), ('b')");
  expect(inserted).toMatchObject({ numberOfRecordsUpdated: 2, generatedFields: [] });
  expect(inserted.records).toBeUndefined();
  const selected = await api.execute('select * from things');
  expect(selected.numberOfRecordsUpdated).toBe(0);
  expect(selected.records).toHaveLength(2);
  expect(selected.generatedFields).toBeUndefined();
  const returned = await api.execute("update things set name = 'c' returning id");
  expect(returned.records).toHaveLength(2);
  expect(await api.execute('drop table things')).toMatchObject({ numberOfRecordsUpdated: 0, generatedFields: [] });
});

test('decimals and longs change their fields where the call asks', async () => {
  const resultSetOptions = { decimalReturnType: 'DOUBLE_OR_LONG', longReturnType: 'STRING' } as const;
  expect(await api.row('select 42::numeric, 42.0::numeric, 1.25::numeric, 7', [], { resultSetOptions })).toEqual([
    { longValue: 42 },
    { doubleValue: 42 },
    { doubleValue: 1.25 },
    { stringValue: '7' },
  ]);
});

test('numbers in JSON are read as doubles, beyond which they fail', async () => {
  expect(await api.row("select '[1.0, 12345678901234567890123, 1e-7]'::jsonb")).toEqual([
    { stringValue: '[1.0,1.2345678901234568e22,1e-7]' },
  ]);
  expect(await api.refusal("select '1e400'::json")).toMatch(/^InternalFailure/);
});
