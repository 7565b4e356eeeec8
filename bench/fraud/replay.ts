import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import * as z from 'zod';
import { type RuleDefinition, reviewFeatures, ruleDefinition } from '../../lambdas/domain/fraud/features.ts';
import { locate } from '../../lambdas/domain/fraud/locate.ts';
import { review } from '../../lambdas/domain/fraud/review.ts';
import type { Judged, Spoken } from './figures.ts';
import type { GeneratedMonth } from './month.ts';
import type { GeneratedPayment } from './payment.ts';
import { evaluationGeoIp } from './places.ts';

const batchSize = 1_000;

const spoken = z.array(z.object({ rule: z.string(), score: z.int(), error: z.string().optional() }));
/** The evaluation has no events: the payment's id takes their place. */
const replayed = z.object({
  id: z.string(),
  gate: z.object({ rules: spoken }),
  features: reviewFeatures.omit({ event_id: true }).nullable(),
});

/**
 * Lives through a month in a bank: its history is put in as it was, then each payment of the month is judged by the rules of the gate and,
 * if it was made, by those of the review.
 */
export async function replayMonth(
  database: Pool,
  { accounts, history, month }: GeneratedMonth,
  progress: (line: string) => void,
): Promise<Judged[]> {
  await database.query(await readFile(new URL('./replay.sql', import.meta.url), 'utf8'));
  await openAccounts(database, accounts);
  for (const [batch, done] of batches(history, 5 * batchSize)) {
    await database.query(
      'select evaluation.post(array(select p from jsonb_populate_recordset(null::evaluation.payment, $1) p))',
      [JSON.stringify(batch.map(rowOf))],
    );
    progress(`history: ${done} of ${history.length} payments`);
  }
  await database.query('vacuum analyze');
  const rules = await readRules(database);
  const judged: Judged[] = [];
  for (const [batch, done] of batches(month, batchSize)) {
    judged.push(...(await judge(database, batch, rules)));
    progress(`the month: ${done} of ${month.length} payments`);
  }
  return judged;
}

async function judge(database: Pool, payments: GeneratedPayment[], rules: RuleDefinition[]): Promise<Judged[]> {
  const { rows } = await database.query('select * from evaluation.replay($1)', [JSON.stringify(payments.map(rowOf))]);
  const answers = new Map(
    z
      .array(replayed)
      .parse(rows)
      .map(answer => [answer.id, answer]),
  );
  return Promise.all(
    payments.map(async payment => {
      const answer = answers.get(payment.id);
      const features = answer?.features;
      const reviewed: Spoken[] = features
        ? review(await locate({ ...features, event_id: payment.id }, evaluationGeoIp), rules)
        : [];
      return { payment, gate: answer?.gate.rules ?? [], review: reviewed, made: Boolean(features) };
    }),
  );
}

async function readRules(database: Pool): Promise<RuleDefinition[]> {
  const { rows } = await database.query("select bank.read_review_features('[]') -> 'rules' as rules");
  return z.array(ruleDefinition).parse(rows[0].rules);
}

async function openAccounts(database: Pool, accounts: GeneratedMonth['accounts']): Promise<void> {
  const insert = `
    with opened as (select * from jsonb_to_recordset($1) account (id uuid, customer uuid, opened timestamptz)),
    customer as (
      insert into bank.customers (id, first_name, last_name, email)
      select distinct customer, 'Evaluation', 'Customer', customer || '@evaluation.example' from opened
    )
    insert into bank.accounts (id, account_number, customer_id, account_type, created_at)
    select id, bank.new_account_number(), customer, 'CHECKING', opened from opened`;
  const rows = accounts.map(account => ({ ...account, opened: new Date(account.opened) }));
  await database.query(insert, [JSON.stringify(rows)]);
}

function rowOf({ id, type, from, to, cents, at, by, ip, crime }: GeneratedPayment) {
  const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  return {
    id,
    type,
    source: from,
    destination: to,
    amount,
    at: new Date(at),
    payer: by,
    ip,
    criminal: crime !== undefined,
  };
}

/** Parts of a list, each with how many there have been at its end. */
function* batches<Item>(items: readonly Item[], size: number): Generator<[batch: Item[], done: number]> {
  for (let start = 0; start < items.length; start += size) {
    const batch = items.slice(start, start + size);
    yield [batch, start + batch.length];
  }
}
