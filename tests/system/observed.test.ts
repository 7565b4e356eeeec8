import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { until } from '../../local/postgres/processes.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let alice: Person;
let from: string;
let to: string;
beforeAll(async () => {
  bank = await startSystem();
  alice = await bank.person('customer');
  [from, to] = [await bank.account(alice, '100'), await bank.account(alice)];
});
afterAll(() => bank.close());

const patience = 20_000;
const transfer = (amount: string) =>
  bank.call(alice, 'POST', '/transfer', { from_account_id: from, to_account_id: to, amount });

/** The lines of the log about a request, each with the function that wrote it. */
function linesAbout(requestId: string | null) {
  return bank
    .log()
    .split('\n')
    .flatMap(text => {
      const [, name, json] = /^lambda ([\w-]+): (\{.*)$/.exec(text) ?? [];
      return name && json?.includes(`"request_id":"${requestId}"`) ? [{ name, line: JSON.parse(json) }] : [];
    });
}

const page = z.object({
  metrics: z.array(
    z.object({ name: z.string(), unit: z.string(), dimensions: z.record(z.string(), z.string()), sum: z.number() }),
  ),
  dropped: z.literal(0),
});

/** What the local cloud shows of a metric with these dimensions, beside those that all have. */
async function shown(name: string, dimensions: Record<string, string> = {}) {
  const { metrics } = page.parse(await (await fetch(`${bank.cloud.apiUrl}/_local/metrics`)).json());
  const all = { service: 'countinghouse', stage: 'local', ...dimensions };
  return metrics.find(
    metric =>
      metric.name === name &&
      Object.keys(metric.dimensions).length === Object.keys(all).length &&
      Object.entries(all).every(([key, value]) => metric.dimensions[key] === value),
  );
}

test('the id of a request finds its line in the log of the API and those of its events in the log of the worker', async () => {
  const { status, headers, body } = await transfer('1.00');
  expect(status).toBe(200);
  const requestId = headers.get('x-request-id');
  const about = () => linesAbout(requestId);
  expect(await until(() => about().some(({ name }) => name.includes('EventWorker')), patience)).toBe(true);
  expect(about().map(({ name, line }) => [name.replace(/^countinghouse-local-/, '').slice(0, 12), line])).toEqual([
    ['api-payments', expect.objectContaining({ message: 'answered', status: 200, DatabaseCalls: 1 })],
    [
      'workers-Even',
      expect.objectContaining({
        message: 'processed',
        event_type: 'TransactionPosted',
        aggregate_id: body.transaction_id,
      }),
    ],
  ]);
});

test('the local cloud shows what functions measure, under the names and dimensions of CloudWatch', async () => {
  await transfer('1.00');
  await transfer('100000.00');
  expect(
    await until(async () => (await shown('TransfersRefused', { code: 'INSUFFICIENT_FUNDS' })) !== undefined, patience),
  ).toBe(true);
  expect(await shown('TransfersRefused', { code: 'INSUFFICIENT_FUNDS' })).toMatchObject({ sum: 1, unit: 'Count' });
  expect(await shown('RequestsRefused', { code: 'INSUFFICIENT_FUNDS' })).toMatchObject({ sum: 1, unit: 'Count' });
  expect((await shown('TransfersCompleted'))?.sum).toBeGreaterThan(0);
  expect(await shown('FraudScore')).toMatchObject({ unit: 'None' });
  expect(await shown('DatabaseCallDuration')).toMatchObject({ unit: 'Milliseconds' });
  expect(await shown('DatabaseRetries')).toMatchObject({ sum: 0 });
});

test('what a schedule measures is shown, too', async () => {
  await bank.cloud.fire('relay-events');
  await bank.cloud.fire('seal-audit');
  expect(await until(async () => (await shown('OutboxLagSeconds')) !== undefined, patience)).toBe(true);
  expect(await until(async () => (await shown('AuditSealedAll'))?.sum === 1, patience)).toBe(true);
});

test('metrics name nobody and no account', async () => {
  const text = await (await fetch(`${bank.cloud.apiUrl}/_local/metrics`, { headers: { accept: 'text/plain' } })).text();
  expect(text).toContain('# TYPE TransfersCompleted summary');
  for (const secret of [alice.id, from, to]) expect(text).not.toContain(secret);
});
