import { expect, onTestFinished, test } from 'vitest';
import { createAwsJsonServer } from '../../../local/aws-json/aws-json-server.ts';
import { listenOnLoopback } from '../../../local/http-api/loopback-server.ts';
import { until } from '../../../local/postgres/processes.ts';

/** A service with one operation, the signals that it was given, and a way to call it. */
async function serve(operation: () => object | Promise<object>) {
  const signals: AbortSignal[] = [];
  const run = (_input: unknown, gone: AbortSignal) => {
    signals.push(gone);
    return operation();
  };
  const server = createAwsJsonServer({ targetPrefix: 'Test.', operations: new Map([['Wait', run]]) });
  const { url, close } = await listenOnLoopback(server);
  onTestFinished(close);
  const call = (signal?: AbortSignal) =>
    fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': 'Test.Wait', authorization: 'none', connection: 'close' },
      body: '{}',
      ...(signal && { signal }),
    });
  return { signals, call };
}

test('an operation hears that its caller is gone before it has answered', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  const { signals, call } = await serve(() => promise);
  const leaving = new AbortController();
  const called = call(leaving.signal).catch(() => undefined);
  expect(await until(() => signals.length === 1, 5_000)).toBe(true);
  leaving.abort();
  await called;
  expect(await until(() => signals[0]?.aborted === true, 5_000)).toBe(true);
  resolve({});
});

test('nobody is told that a caller is gone who has its answer', async () => {
  const { signals, call } = await serve(() => ({ done: true }));
  expect(await (await call()).json()).toEqual({ done: true });
  // By the second answer the first one's connection is closed.
  await (await call()).text();
  expect(signals[0]?.aborted).toBe(false);
});
