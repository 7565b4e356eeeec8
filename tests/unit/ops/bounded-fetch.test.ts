import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listenOnLoopback } from '../../../local/http-api/loopback-server.ts';
import { boundedFetch } from '../../../ops/smoke/bounded-fetch.ts';

/** A server that takes requests and never answers. */
async function silence() {
  let requests = 0;
  const server = createServer(() => {
    requests += 1;
  });
  const { url, close } = await listenOnLoopback(server);
  onTestFinished(async () => {
    server.closeAllConnections();
    await close();
  });
  return { url, requests: () => requests };
}

test('a request that is not answered in its time fails as a broken connection does, so that it may be sent again', async () => {
  const { url } = await silence();
  const failure = boundedFetch(50, new AbortController().signal)(url);
  await expect(failure).rejects.toThrow(new TypeError('no answer within 0.05 s'));
});

test('when the time for everything is over, what waits is given up, and nothing is sent any more', async () => {
  const { url, requests } = await silence();
  const all = new AbortController();
  const send = boundedFetch(60_000, all.signal);
  const waiting = send(url);
  await vi.waitFor(() => expect(requests()).toBe(1));
  all.abort(new Error('the time is over'));
  await expect(waiting).rejects.toThrow('the time is over');
  await expect(send(url)).rejects.toThrow('the time is over');
  expect(requests()).toBe(1);
});

test('whatever else goes wrong is told as it is', async () => {
  const { url, requests } = await silence();
  const send = boundedFetch(60_000, new AbortController().signal);
  await expect(send(url.replace(/\d+$/, '1'))).rejects.toThrow('fetch failed');
  expect(requests()).toBe(0);
});
