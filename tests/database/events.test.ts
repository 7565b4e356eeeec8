import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../lambdas/domain/events/catalogue.ts';
import { type EventDefinition, eventSchema } from '../../lambdas/domain/events/event.ts';
import { canaries, doEverything, processEverything } from '../support/everything-that-happens.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';

interface SentEvent {
  id: string;
  type: string;
}

const types = Object.keys(catalogue).toSorted();
const schemas = new Map(
  Object.entries<EventDefinition>(catalogue).map(([type, definition]) => [type, eventSchema(type, definition)]),
);

let bank: TestBank;
let sent: SentEvent[];
beforeAll(async () => {
  bank = await openTestBank();
  await doEverything(bank);
  await processEverything(bank);
  const { rows } = await bank.database.pool.query(
    'select bank.event_json(event) as event from bank.events event order by id',
  );
  sent = rows.map(({ event }) => event);
});
afterAll(() => bank.close());

test('every type that SQL records is in the catalogue, and no other', async () => {
  const folder = new URL('../../sql/functions/', import.meta.url);
  const texts = await Promise.all((await readdir(folder)).map(name => readFile(new URL(name, folder), 'utf8')));
  const recorded = texts.flatMap(text => [...text.matchAll(/'((?:[A-Z][a-z]+){2,})'/g)].map(([, type]) => type));
  expect([...new Set(recorded)].toSorted()).toEqual(types);
});

test('everything that can happen has happened here', () => {
  expect([...new Set(sent.map(({ type }) => type))].toSorted()).toEqual(types);
});

describe.each(types)('%s', type => {
  test('is recorded as its schema says, with no field more or less', () => {
    const events = sent.filter(event => event.type === type);
    for (const event of events) {
      expect(schemas.get(type)?.parse(event)).toEqual(event);
    }
    expect(events.length).toBeGreaterThan(0);
  });
});

test('the schema of a type takes no field that it does not declare', () => {
  const [event] = sent.filter(({ type }) => type === 'CustomerUpdated');
  expect(schemas.get('CustomerUpdated')?.safeParse({ ...event, data: { email: canaries.email } }).success).toBe(false);
  expect(schemas.get('CustomerUpdated')?.safeParse({ ...event, note: '' }).success).toBe(false);
});

describe.each(Object.entries(canaries))('the %s of a customer', (_what, canary) => {
  test.each(['events', 'audit_logs'])('is nowhere in bank.%s', async table => {
    const { rows } = await bank.database.pool.query(
      `select count(*)::integer as rows, count(*) filter (where strpos(entry::text, $1) > 0)::integer as telling from bank.${table} entry`,
      [canary],
    );
    expect(rows[0].rows).toBeGreaterThan(20);
    expect(rows[0].telling).toBe(0);
  });
});

test('what the canaries stand for was written down, where it belongs', async () => {
  const { rows } = await bank.database.pool.query(
    `select (select count(*)::integer from bank.customers customer where strpos(customer::text, $1) > 0) as customers,
            (select count(*)::integer from bank.transactions entry where description = $2) as transactions`,
    [canaries.newStreet, canaries.description],
  );
  expect(rows).toEqual([{ customers: 1, transactions: 4 }]);
});

test('every event has its row in the audit, and what follows from it, too', async () => {
  const { rows } = await bank.database.pool.query(
    'select count(*)::integer as missing from bank.events event where not exists (select from bank.audit_logs log where log.id = event.id)',
  );
  expect(rows).toEqual([{ missing: 0 }]);
});
