import type { Pool } from 'pg';
import * as z from 'zod';
import { CommandError } from '../../local/command-error.ts';
import type { Setting } from './options.ts';
import type { Thresholds } from './outcome.ts';

const ruleRow = z.object({ rule: z.string(), phase: z.enum(['GATE', 'REVIEW']) });
const outcomes = z.object({ monitor_from: z.int(), review_from: z.int(), block_from: z.int(), alert_from: z.int() });

/** The rules of the bank, those of the gate first. */
export async function readRuleRows(database: Pool): Promise<z.output<typeof ruleRow>[]> {
  const { rows } = await database.query('select rule, phase from bank.fraud_rules where enabled order by phase, rule');
  return z.array(ruleRow).parse(rows);
}

/** From which scores on the bank does something. */
export async function readThresholds(database: Pool): Promise<Thresholds> {
  const { rows } = await database.query(
    'select monitor_from, review_from, block_from, alert_from from bank.fraud_settings',
  );
  const from = outcomes.parse(rows[0]);
  return [
    { outcome: 'MONITOR', from: from.monitor_from },
    { outcome: 'FLAG_FOR_REVIEW', from: from.review_from },
    { outcome: 'BLOCK_PENDING_REVIEW', from: from.block_from },
    { outcome: 'BLOCK_AND_ALERT', from: from.alert_from },
  ];
}

/**
 * Gives rules other parameters. What was a text stays one.
 *
 * @throws CommandError naming a setting of which there is none to replace.
 */
export async function changeRules(database: Pool, settings: readonly Setting[]): Promise<void> {
  for (const { rule, parameter, value } of settings) {
    const { rowCount } = await database.query(
      `update bank.fraud_rules
          set parameters = parameters || jsonb_build_object($2::text,
            case jsonb_typeof(parameters -> $2) when 'string' then to_jsonb($3::text) else $3::jsonb end)
        where rule = $1 and parameters ? $2`,
      [rule, parameter, value],
    );
    if (rowCount === 0) {
      throw new CommandError(`--set ${rule}.${parameter}: there is no such rule, or it has no such parameter.`);
    }
  }
}
