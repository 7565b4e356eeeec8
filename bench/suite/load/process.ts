import { serveApart } from '../../run-apart.ts';
import { openDataApiClient } from './data-api-client.ts';
import type { LoadClient } from './load-client.ts';
import type { LoadPlan, LoadRound, Work } from './messages.ts';
import { openSqlClient } from './sql-client.ts';

/**
 * A new session compiles what it is asked for, and plans it anew five times: so many pieces of work of each client come before anything
 * counts.
 */
const warmUps = (work: Work) => (work.kind === 'batch' ? 1 : 10);

serveApart(async ({ work, clients, seconds }: LoadPlan, tick): Promise<LoadRound> => {
  const opened = await Promise.all(Array.from({ length: clients }, () => open(work)));
  await Promise.all(opened.map(client => warmUp(client, warmUps(work))));
  const latencies: number[] = [];
  const refusals: Record<string, number> = {};
  let told = 0;
  const ticking = setInterval(() => {
    tick(latencies.length - told);
    told = latencies.length;
  }, 1_000);
  const began = performance.now();
  const end = began + seconds * 1_000;
  await Promise.all(
    opened.map(async client => {
      for (let sent = performance.now(); sent < end; sent = performance.now()) {
        const refused = await client.send();
        latencies.push(performance.now() - sent);
        if (refused !== undefined) refusals[refused] = (refusals[refused] ?? 0) + 1;
      }
    }),
  );
  const took = (performance.now() - began) / 1_000;
  clearInterval(ticking);
  await Promise.all(opened.map(client => client.close()));
  return { seconds: took, latencies, refusals };
});

function open(work: Work): LoadClient | Promise<LoadClient> {
  return work.kind === 'one-call' || work.kind === 'many-calls' ? openDataApiClient(work) : openSqlClient(work);
}

async function warmUp(client: LoadClient, times: number): Promise<void> {
  for (let sent = 0; sent < times; sent += 1) await client.send();
}
