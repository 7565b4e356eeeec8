import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DataApiUnderTest, dataApiUnderTest } from './data-api-client.ts';

let api: DataApiUnderTest;
beforeAll(async () => {
  api = await dataApiUnderTest();
  await api.execute(`create table cats (id bigserial primary key, name varchar(20) not null, weight numeric(10,2),
                                        tags text[], number int generated always as identity, at timestamptz)`);
});
afterAll(() => api.stop());

test('columns are described only where the call asks', async () => {
  expect((await api.execute('select * from cats')).columnMetadata).toBeUndefined();
  expect((await api.execute('delete from cats', [], { includeResultMetadata: true })).columnMetadata).toBeUndefined();
});

test('a column is described as java.sql.ResultSetMetaData would', async () => {
  const { columnMetadata = [] } = await api.execute(
    'select id, name as label, weight, tags, number, at from cats',
    [],
    {
      includeResultMetadata: true,
    },
  );
  const [id, name, weight, tags, number, at] = columnMetadata;
  expect(id).toEqual({
    arrayBaseColumnType: 0,
    isAutoIncrement: true,
    isCaseSensitive: false,
    isCurrency: false,
    isSigned: true,
    label: 'id',
    name: 'id',
    nullable: 0,
    precision: 19,
    scale: 0,
    schemaName: '',
    tableName: 'cats',
    type: -5,
    typeName: 'bigserial',
  });
  expect(name).toMatchObject({ label: 'label', type: 12, typeName: 'varchar', precision: 20, isCaseSensitive: true });
  expect(weight).toMatchObject({ type: 2, typeName: 'numeric', precision: 10, scale: 2, nullable: 1 });
  expect(tags).toMatchObject({ type: 2003, typeName: '_text', arrayBaseColumnType: 12 });
  expect(number).toMatchObject({ typeName: 'serial', isAutoIncrement: true });
  expect(at).toMatchObject({ type: 93, typeName: 'timestamptz' });
});

test('an expression is nobody’s column', async () => {
  const { columnMetadata = [] } = await api.execute("select 1, 'x'::text, 1.5, now()::time, now()::timestamp", [], {
    includeResultMetadata: true,
  });
  expect(columnMetadata[0]).toMatchObject({ name: '?column?', typeName: 'int4', type: 4, tableName: '', nullable: 2 });
  expect(columnMetadata.map(column => column.typeName)).toEqual(['int4', 'text', 'numeric', 'time', 'timestamp']);
});

test('records come as one JSON string where the call asks', async () => {
  const sql = `select 1 as id, 1.50 as amount, null as nothing, true as yes, '\\x00ff'::bytea as blob,
                      array['a'] as list, '{"a": 1}'::jsonb as doc`;
  const reply = await api.execute(sql, [], { formatRecordsAs: 'JSON', includeResultMetadata: true });
  expect(reply.records).toBeUndefined();
  expect(reply.columnMetadata).toBeUndefined();
  expect(reply.formattedRecords).toBe(
    '[{"id":1,"amount":"1.50","nothing":null,"yes":true,"blob":"AP8=","list":["a"],"doc":"{\\"a\\":1}"}]',
  );
});

test('a JSON string of no rows is an empty list', async () => {
  const reply = await api.execute('select 1 as a where false', [], { formatRecordsAs: 'JSON' });
  expect(reply.formattedRecords).toBe('[]');
});

test('two columns of one name cannot be one JSON object', async () => {
  expect(await api.refusal('select 1 as a, 2 as a', [], { formatRecordsAs: 'JSON' })).toContain(
    'duplicate column name a',
  );
  expect(await api.row('select 1 as a, 2 as a')).toHaveLength(2);
});
