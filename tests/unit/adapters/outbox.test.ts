import { expect, test } from 'vitest';
import type { Database } from '../../../lambdas/adapters/database.ts';
import { createEventProcessing } from '../../../lambdas/adapters/event-processing.ts';
import { createOutbox } from '../../../lambdas/adapters/outbox.ts';
import { payment } from '../domain/fraud/payment.ts';
import { bankEventOf, eventId } from '../support/bank-events.ts';
import { castsOf, fakeDatabase, functionOf } from '../support/fake-database.ts';

/** Asks for something where the database answers so, and answers what came of it, with the one query that was sent. */
async function ask<Outcome>(work: (database: Database) => Promise<Outcome>, reply: unknown) {
  const { database, sent } = fakeDatabase(() => reply);
  const outcome = await work(database);
  expect(sent).toHaveLength(1);
  const [query = { sql: '', parameters: {} }] = sent;
  return { outcome, name: functionOf(query), casts: castsOf(query), parameters: query.parameters };
}

test('taking what is due is one call, and answers the events as they are', async () => {
  expect(await ask(database => createOutbox(database).claim(7), { claimed: [bankEventOf(1)] })).toEqual({
    outcome: [bankEventOf(1)],
    name: 'bank.claim_unprocessed_events',
    casts: { batch_size: 'integer' },
    parameters: { batch_size: 7 },
  });
});

test('marking what was relayed is one call', async () => {
  const ids = [eventId(1), eventId(2)];
  expect(await ask(database => createOutbox(database).markRelayed(ids), { relayed: 2 })).toEqual({
    outcome: undefined,
    name: 'bank.mark_relayed',
    casts: { event_ids: 'jsonb' },
    parameters: { event_ids: JSON.stringify(ids) },
  });
});

test('reading how the outbox stands is one call', async () => {
  const state = { depth: 3, lag_seconds: 90 };
  expect(await ask(database => createOutbox(database).read(), state)).toMatchObject({
    outcome: state,
    name: 'bank.read_outbox',
  });
});

test('reading what the review looks at is one call', async () => {
  const features = {
    rules: [{ rule: 'STRUCTURING', parameters: { score: 60 } }],
    transactions: [{ ...payment(), event_id: eventId(1) }],
  };
  const read = await ask(database => createEventProcessing(database).readReviewFeatures([eventId(1)]), features);
  expect(read).toMatchObject({ name: 'bank.read_review_features', casts: { event_ids: 'jsonb' } });
  expect(read.outcome.transactions.map(({ event_id }: { event_id: string }) => event_id)).toEqual([eventId(1)]);
});

test.each([
  ['what the review found', [{ event_id: eventId(1), findings: [{ rule: 'STRUCTURING', score: 60 }] }]],
  ['that the review was not asked', null],
])('processing events is one call, and says %s', async (_what, findings) => {
  const outcome = { processed: [eventId(1)], skipped: [], unreviewed: [], unknown: [], notifications: 2 };
  const work = (database: Database) => createEventProcessing(database).processEvents([eventId(1)], findings);
  expect(await ask(work, outcome)).toEqual({
    outcome,
    name: 'bank.process_events',
    casts: { event_ids: 'jsonb', findings: 'jsonb' },
    parameters: { event_ids: JSON.stringify([eventId(1)]), findings: findings && JSON.stringify(findings) },
  });
});
