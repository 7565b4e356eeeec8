import { expect, test } from 'vitest';
import { toPositional } from '../../../local/data-api/sql-parameters.ts';

test.each([
  ['select :id', 'select $1', ['id']],
  ['select :id::uuid, :n::int', 'select $1::uuid, $2::int', ['id', 'n']],
  ['select :1, :2', 'select $1, $2', ['1', '2']],
  ['select :a + :b + :a', 'select $1 + $2 + $3', ['a', 'b', 'a']],
])('%s: each occurrence of a name is a parameter of its own', (sql, expected, names) => {
  expect(toPositional(sql)).toEqual({ text: expected, names });
});

test.each([
  ['a single-quoted string', "select ':a', 'it''s :b'"],
  ['an escape string', String.raw`select E'\':a'`],
  ['a quoted identifier', 'select ":a", "x"":b"'],
  ['a line comment', 'select 1 -- :a\n'],
  ['a block comment', 'select 1 /* :a /* :b */ :c */'],
  ['a cast', 'select a::text, b :: int'],
  ['an unclosed string', "select ':a"],
])('a name in %s is left alone', (_where, sql) => {
  expect(toPositional(sql)).toEqual({ text: sql, names: [] });
});

test('the E of a name does not open an escape string', () => {
  expect(toPositional(String.raw`select sale'\' , :a`).names).toEqual(['a']);
});

test('a name in a dollar quote is replaced', () => {
  expect(toPositional('select $$a :b c$$').text).toBe('select $$a $1 c$$');
});

test('an array slice holds a parameter', () => {
  expect(toPositional('select a[1:2]')).toEqual({ text: 'select a[1$1]', names: ['2'] });
});

test('a name after what is stepped over is replaced', () => {
  expect(toPositional('select \':a\' || :b -- :c\n || ":d" || :e').names).toEqual(['b', 'e']);
});
