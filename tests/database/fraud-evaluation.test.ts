import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Judged } from '../../bench/fraud/figures.ts';
import { type GeneratedMonth, generateMonth } from '../../bench/fraud/month.ts';
import { replayMonth } from '../../bench/fraud/replay.ts';
import { changeRules, readRuleRows, readThresholds } from '../../bench/fraud/rule-rows.ts';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let generated: GeneratedMonth;
let judged: Judged[];

beforeAll(async () => {
  database = await bankDatabase();
  await database.pool.query('update bank.fraud_rules set enabled = true');
  generated = generateMonth(5, 60);
  judged = await replayMonth(database.pool, generated, () => undefined);
});
afterAll(() => database.drop());

const criminal = () => judged.filter(one => one.payment.crime);

describe('a month that is lived through', () => {
  test('has every payment judged, in order, by rules of which none failed', () => {
    expect(judged.map(one => one.payment)).toEqual(generated.month);
    expect(judged.flatMap(one => [...one.gate, ...one.review]).filter(({ error }) => error)).toEqual([]);
  });

  test('has in its journal what was made, at its time, balanced', async () => {
    const { rows } = await database.pool.query(
      `select count(*)::integer as count, sum((select sum(line.amount) from bank.postings line where line.transaction_id = entry.id)) as difference
         from bank.transactions entry where entry.id = any($1) and entry.created_at = entry.completed_at`,
      [judged.filter(one => one.made).map(one => one.payment.id)],
    );
    expect(rows[0].count).toBe(judged.filter(one => one.made).length);
    expect(Number(rows[0].difference)).toBe(0);
  });

  test('stops criminals whom the gate blocks, and nobody else: honest customers get their false alarms cleared', () => {
    const blocked = judged.filter(one => one.gate.reduce((sum, { score }) => sum + score, 0) >= 70);
    expect(blocked.length).toBeGreaterThan(0);
    expect(judged.filter(one => !one.made)).toEqual(blocked.filter(one => one.payment.crime));
    expect(judged.filter(one => !one.made).flatMap(one => one.review)).toEqual([]);
  });

  test('has rules of both phases find what they are for', () => {
    const found = (kind: string, rule: string) =>
      criminal().some(
        one => one.payment.crime?.kind === kind && [...one.gate, ...one.review].some(said => said.rule === rule),
      );
    expect(found('CARD_TESTING', 'VELOCITY')).toBe(true);
    expect(found('STRUCTURING', 'STRUCTURING')).toBe(true);
    expect(found('DORMANT_TAKEOVER', 'DORMANT_ACCOUNT')).toBe(true);
  });
});

describe('the rows of the rules', () => {
  test('are read with their phases, and the thresholds in order', async () => {
    const rules = await readRuleRows(database.pool);
    expect(rules.map(({ phase }) => phase)).toEqual([...Array(4).fill('GATE'), ...Array(5).fill('REVIEW')]);
    expect((await readThresholds(database.pool)).map(({ from }) => from)).toEqual([30, 50, 70, 90]);
  });

  test('take other parameters, each of the kind that it was', async () => {
    await changeRules(database.pool, [
      { rule: 'STRUCTURING', parameter: 'share', value: '0.9' },
      { rule: 'STRUCTURING', parameter: 'hours', value: '48' },
    ]);
    const { rows } = await database.pool.query("select parameters from bank.fraud_rules where rule = 'STRUCTURING'");
    expect(rows[0].parameters).toMatchObject({ share: '0.9', hours: 48 });
  });

  test.each([
    ['STRUCTURE', 'share'],
    ['STRUCTURING', 'shares'],
  ])('%s.%s, which there is not, is refused', async (rule, parameter) => {
    await expect(changeRules(database.pool, [{ rule, parameter, value: '1' }])).rejects.toThrow(`${rule}.${parameter}`);
  });
});
