import { autocannon } from './autocannon.ts';
import type { LoadPlan } from './load-messages.ts';
import type { Round } from './measurements.ts';
import { randomBatches, randomPayments } from './payments.ts';
import { serveApart } from './run-apart.ts';

/** A client that has sent all of its requests starts over; each sending is another transfer. */
const requestsOfClient = 200;
const batchesOfClient = 20;

serveApart(sendLoad);

async function sendLoad(
  { url, path, clients, batch, until, payers }: LoadPlan,
  tick: (answers: number) => void,
): Promise<Round> {
  const accounts = payers.flatMap(payer => payer.accounts);
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let clientsMade = 0;
  const run = autocannon({
    url,
    connections: clients,
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.answers }),
    timeout: 40,
    sampleInt: 100,
    setupClient(client) {
      const payer = payers[clientsMade % payers.length];
      clientsMade += 1;
      if (payer) {
        const common = [payer, accounts, path] as const;
        client.setRequests(
          batch === undefined
            ? randomPayments(...common, requestsOfClient)
            : randomBatches(...common, { count: batchesOfClient, size: batch }),
        );
      }
    },
  });
  let [told, began] = [0, 0];
  run.on('start', () => {
    began = performance.now();
  });
  run.on('tick', () => {
    tick(latencies.length - told);
    told = latencies.length;
  });
  run.on('response', (_client, status, _bytes, milliseconds) => {
    latencies.push(milliseconds);
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  const { errors } = await run;
  return { seconds: (performance.now() - began) / 1000, latencies, statuses, errors };
}
