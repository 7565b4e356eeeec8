import { afterAll, beforeAll, expect, test } from 'vitest';
import { hinted, long, text } from '../../local/data-api/data-api-client.ts';
import { type DataApiService, dataApiService } from './data-api-service.ts';

// The rules are those of the Aurora User Guide, "Using RDS Data API" (parameters, type hints, limitations), of the API
// Reference (SqlParameter), and of what the service answers where neither says.

const UUID = '550e8400-e29b-41d4-a716-446655440000';
let api: DataApiService;
beforeAll(async () => {
  api = await dataApiService();
});
afterAll(() => api.stop());

test('strings, longs, doubles, booleans, blobs and nulls arrive as their types', async () => {
  const bytes = new Uint8Array([0, 1, 255]);
  const sql = `select pg_typeof(:s)::text, pg_typeof(:l)::text, pg_typeof(:d)::text, pg_typeof(:b)::text,
                      pg_typeof(:x)::text, :l, :d, :b, :x, :n`;
  const fields = await api.row(sql, [
    text('s', 'a'),
    long('l', 41),
    { name: 'd', value: { doubleValue: 1.5 } },
    { name: 'b', value: { booleanValue: false } },
    { name: 'x', value: { blobValue: bytes } },
    { name: 'n', value: { isNull: true } },
  ]);
  expect(fields.slice(0, 5).map(field => field.stringValue)).toEqual([
    'text',
    'bigint',
    'double precision',
    'boolean',
    'bytea',
  ]);
  expect(fields.slice(5)).toEqual([
    { longValue: 41 },
    { doubleValue: 1.5 },
    { booleanValue: false },
    { blobValue: bytes },
    { isNull: true },
  ]);
});

test('a string without a hint is text: no implicit uuid', async () => {
  expect(await api.refusal('select gen_random_uuid() = :id', [text('id', UUID)])).toContain(
    'ERROR: operator does not exist: uuid = text; Hint: ',
  );
  expect(await api.row('select :id::uuid', [text('id', UUID)])).toEqual([{ stringValue: UUID }]);
});

test('a null takes the type its place wants', async () => {
  await api.execute('create table nulls (n int, a int[], u uuid)');
  const isNull = { isNull: true } as const;
  const parameters = ['n', 'a', 'u'].map(name => ({ name, value: isNull }));
  const inserted = await api.execute('insert into nulls values (:n, :a, :u)', parameters);
  expect(inserted.numberOfRecordsUpdated).toBe(1);
});

test.each([
  ['UUID', UUID, 'uuid'],
  ['DATE', '2024-02-29', 'date'],
  ['TIME', '10:20:30.5', 'time without time zone'],
  ['TIMESTAMP', '2024-02-29 10:20:30.123', 'timestamp without time zone'],
  ['DECIMAL', '-1.10', 'numeric'],
  ['JSON', '{"a":1}', 'jsonb'],
] as const)('a string hinted %s is bound as that type', async (hint, value, type) => {
  expect(await api.row('select pg_typeof(:v)::text', [hinted('v', hint, value)])).toEqual([{ stringValue: type }]);
});

test.each([
  ['UUID', 'not-a-uuid'],
  ['DATE', '2023-02-29'],
  ['DATE', '2024-1-1'],
  ['TIME', '25:00:00'],
  ['TIMESTAMP', '2024-01-01T10:20:30'],
  ['DECIMAL', '1,5'],
  ['JSON', '{'],
] as const)('hint %s refuses %s', async (hint, value) => {
  expect(await api.refusal('select :v', [hinted('v', hint, value)])).toMatch(/^ValidationException: .*parameter v/);
});

test('array parameters are refused', async () => {
  const array = [{ name: 'a', value: { arrayValue: { longValues: [1] } } }];
  expect(await api.refusal('select :a', array)).toBe('ValidationException: Array parameters are not supported.');
});

test('a parameter the call has no value for is named', async () => {
  const missing = 'ValidationException: Cannot find parameter: b';
  expect(await api.refusal('select :a::text, :b::text', [text('a', 'x')])).toBe(missing);
  expect(await api.refusal('select :b::text')).toBe(missing);
});

test('a value no name asks for is ignored', async () => {
  expect(await api.row('select :a', [text('a', 'x'), text('z', 'y')])).toEqual([{ stringValue: 'x' }]);
});

test('$1 is never bound', async () => {
  expect(await api.refusal('select $1::text')).toMatch(/bind message supplies 0 parameters.*SQLState: 08P01$/);
});

test('a name in a dollar quote is mangled, an array slice breaks', async () => {
  expect(await api.row('select $$a :b c$$')).toEqual([{ stringValue: 'a $1 c' }]);
  expect(await api.refusal('select (array[1,2])[1:2]')).toContain('syntax error at or near "$1"');
  expect(await api.refusal('select (array[1,2])[1:2], :n', [long('n', 1)])).toBe(
    'ValidationException: Cannot find parameter: 2',
  );
});
