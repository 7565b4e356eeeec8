import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../support/postgres.ts';
import { describeSchema } from '../../support/schema/describe-schema.ts';
import { firstDifference } from '../../support/schema/first-difference.ts';

const baseline = `
  create schema shop;
  create type shop.colour as enum ('red', 'green');
  create type shop.pair as (a integer, b text);
  create domain shop.percentage as numeric check (value between 0 and 100);
  create sequence shop.numbers start 5;
  create table shop.things (
    id bigint generated always as identity primary key,
    name text not null default 'thing' unique,
    colour shop.colour,
    twice integer generated always as (1 + 1) stored
  ) with (fillfactor = 70);
  create table shop.parts (thing bigint references shop.things (id), share shop.percentage);
  create index parts_thing on shop.parts (thing) where thing > 0;
  create view shop.red_things as select id from shop.things where colour = 'red';
  create function shop.count_things(at_least integer default 1) returns bigint language sql stable
    return (select count(*) from shop.things where id >= at_least);
  create function shop.touch() returns trigger language plpgsql as 'begin return new; end';
  create trigger touched before update on shop.things for each row execute function shop.touch();
`;

let database: TestDatabase;
let before: string;

beforeAll(async () => {
  database = await freshDatabase();
  await database.pool.query(baseline);
  before = await describeObjects();
});

afterAll(() => database.drop());

/** The description without the server's roles: other files of the run make and drop theirs meanwhile. */
async function describeObjects(): Promise<string> {
  const text = await describeSchema(database.url);
  return text.replace(/^-- Roles$.*?^-- Who may/ms, '-- Who may');
}

/** The lines that come into the description by a change, which is taken back afterwards. */
async function linesAddedBy(change: string, undo: string): Promise<string[]> {
  await database.pool.query(change);
  const after = await describeObjects();
  await database.pool.query(undo);
  const known = new Set(before.split('\n'));
  return after.split('\n').filter(line => !known.has(line));
}

describe('the description of a database', () => {
  test('names each object with its schema', () => {
    expect(before).toContain('create table shop.things (');
    expect(before).toContain(`create type shop.colour as enum ('red', 'green');`);
    expect(before).toContain('create sequence shop.numbers as bigint start 5');
    expect(before).toContain('create domain shop.percentage as numeric');
    expect(before).toContain('REFERENCES shop.things(id)');
    expect(before).toContain('id bigint generated always as identity not null');
    expect(before).toContain('twice integer generated always as ((1 + 1)) stored');
    expect(before).toContain('with (fillfactor=70)');
    expect(before).toContain('create view shop.red_things as');
  });

  test('is the same text whenever it is made', async () => {
    expect(await describeObjects()).toBe(before);
  });

  test('leaves the bodies of functions out', async () => {
    const change = `create or replace function shop.touch() returns trigger language plpgsql as 'begin return old; end'`;
    expect(await linesAddedBy(change, change)).toEqual([]);
  });

  test.each([
    ['a column', 'alter table shop.parts add size integer', 'alter table shop.parts drop size', '  size integer,'],
    [
      'a default',
      `alter table shop.parts alter share set default 7`,
      'alter table shop.parts alter share drop default',
      '  share shop.percentage default 7,',
    ],
    [
      'a constraint',
      'alter table shop.parts add constraint positive check (thing > 0)',
      'alter table shop.parts drop constraint positive',
      '  constraint positive CHECK ((thing > 0)),',
    ],
    [
      'a storage option',
      'alter table shop.parts set (fillfactor = 50)',
      'alter table shop.parts reset (fillfactor)',
      ') with (fillfactor=50); -- owner postgres',
    ],
    [
      'row security',
      'alter table shop.parts enable row level security',
      'alter table shop.parts disable row level security',
      'alter table shop.parts enable row level security;',
    ],
    [
      'a policy',
      'create policy own on shop.parts using (thing = 1)',
      'drop policy own on shop.parts',
      'create policy own on shop.parts as PERMISSIVE for ALL to public using ((thing = 1));',
    ],
    [
      'the right to call as the owner',
      'alter function shop.count_things security definer set search_path = shop',
      'alter function shop.count_things security invoker reset search_path',
      '  language sql stable security definer set search_path=shop; -- owner postgres',
    ],
    [
      'a right to a table',
      'grant select, insert on shop.parts to pg_monitor',
      'revoke select, insert on shop.parts from pg_monitor',
      'grant insert, select on shop.parts to pg_monitor;',
    ],
    [
      'a right to a column',
      'grant update (share) on shop.parts to pg_monitor',
      'revoke update (share) on shop.parts from pg_monitor',
      'grant update on shop.parts (share) to pg_monitor;',
    ],
    [
      'a right that may be passed on',
      'grant usage on schema shop to pg_monitor with grant option',
      'revoke usage on schema shop from pg_monitor',
      'grant usage on schema shop to pg_monitor with grant option;',
    ],
    [
      'a right given on what is made later',
      'alter default privileges in schema shop grant select on tables to pg_monitor',
      'alter default privileges in schema shop revoke select on tables from pg_monitor',
      'for objects r of postgres in schema shop: pg_monitor=r/postgres;',
    ],
    [
      'a trigger that is switched off',
      'alter table shop.things disable trigger touched',
      'alter table shop.things enable trigger touched',
      'CREATE TRIGGER touched BEFORE UPDATE ON shop.things FOR EACH ROW EXECUTE FUNCTION shop.touch(); -- disabled',
    ],
  ])('shows %s', async (_, change, undo, line) => {
    expect(await linesAddedBy(change, undo)).toContain(line);
  });

  test('shows that anybody may call a function, as PostgreSQL has it by default, until it is revoked', async () => {
    const right = 'grant execute on function shop.touch() to public;';
    expect(before).toContain(right);
    await database.pool.query('revoke execute on function shop.touch() from public');
    expect(await describeObjects()).not.toContain(right);
    await database.pool.query('grant execute on function shop.touch() to public');
  });
});

describe('the comparison with the written description', () => {
  const compare = (text: string, other: string) =>
    firstDifference({ name: 'written', text }, { name: 'database', text: other });

  test('equal texts do not differ', () => {
    expect(compare('a\nb\n', 'a\nb\n')).toBeUndefined();
  });

  test('the first line that differs is shown from both sides', () => {
    expect(compare('a\nb\nc\n', 'a\nx\nc\n')?.split('\n')).toEqual([
      'written (-) and database (+) differ from line 2:',
      ...['- b', '- c', '- '],
      ...['+ x', '+ c', '+ '],
    ]);
  });

  test('a text that ends too early differs', () => {
    expect(compare('a\n', 'a\nb\n')).toContain('line 2');
    expect(compare('', 'a\nb\n')).toContain('line 1');
  });
});
