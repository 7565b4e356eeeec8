import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type RuleDefinition, ruleDefinition } from '../../lambdas/domain/fraud/features.ts';
import { reviewRules } from '../../lambdas/domain/fraud/rules.ts';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let rows: RuleDefinition[];
let handbook: string;

beforeAll(async () => {
  database = await bankDatabase();
  const sql = "select rule, parameters from bank.fraud_rules where phase = 'REVIEW'";
  rows = z.array(ruleDefinition).parse((await database.pool.query(sql)).rows);
  handbook = await readFile('docs/FRAUD.md', 'utf8');
});
afterAll(() => database.drop());

test('every rule of the review has a row, and every row a rule', () => {
  expect(rows.map(({ rule }) => rule).sort()).toEqual(reviewRules.map(({ name }) => name).sort());
});

test('the parameters that are shipped are of the form that each rule wants', () => {
  for (const { name, parameters } of reviewRules) {
    const row = rows.find(({ rule }) => rule === name);
    expect(parameters.safeParse(row?.parameters)).toMatchObject({ success: true });
  }
});

test('docs/FRAUD.md has a section for each rule, with its parameters as shipped and no others', () => {
  for (const { rule, parameters } of rows) {
    const [, section = ''] = handbook.split(`### ${rule}\n`);
    const [own = ''] = section.split('\n### ');
    const listed = [...own.matchAll(/^\| `(\w+)` \| (\S+) \|/gm)].map(([, name, value]) => [name, value]);
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
    );
  }
});
