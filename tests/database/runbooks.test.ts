import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';

/** What the runbooks have an operator ask the database: the statements among their indented lines, each up to its semicolon. */
function statements(): string[] {
  const text = readFileSync('docs/OPERATIONS.md', 'utf8');
  return [...text.matchAll(/^ {4}(select\b[^;]*;)/gm)].map(([, statement = '']) => statement);
}

let database: TestDatabase;
beforeAll(async () => {
  database = await bankDatabase();
});
afterAll(() => database.drop());

test('the runbooks ask the database something', () => {
  expect(statements().length).toBeGreaterThan(8);
});

test.each(statements())('the database answers what a runbook asks, and only reads: %s', async statement => {
  const client = await database.pool.connect();
  try {
    await client.query('begin read only');
    await expect(client.query(statement)).resolves.toBeDefined();
  } finally {
    await client.query('rollback');
    client.release();
  }
});
