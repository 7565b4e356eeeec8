import type { LoadPlan as HttpPlan } from '../load-messages.ts';
import { runApart } from '../run-apart.ts';
import { sendLoad } from '../send-load.ts';
import type { Load } from './in-turn.ts';
import type { LoadPlan, LoadRound, Work } from './load/messages.ts';

const program = new URL('./load/process.ts', import.meta.url);

/** Clients of PostgreSQL or of the Data API, in a process of their own. */
export function workLoad(clients: number, work: Work): Load {
  return {
    clients,
    run: (seconds, tick) => runApart<LoadPlan, LoadRound>(program, { work, clients, seconds }, tick),
  };
}

/** Clients of the API, in a process of their own. */
export function httpLoad(plan: Omit<HttpPlan, 'until'>): Load {
  return {
    clients: plan.clients,
    async run(seconds, tick) {
      const round = await sendLoad({ ...plan, until: { seconds } }, tick);
      const unfit = Object.entries(round.statuses).filter(([status]) => !status.startsWith('2'));
      const refusals = Object.fromEntries(unfit.map(([status, count]) => [`status ${status}`, count]));
      return {
        seconds: round.seconds,
        latencies: round.latencies,
        refusals: round.errors > 0 ? { ...refusals, 'no answer': round.errors } : refusals,
      };
    },
  };
}
