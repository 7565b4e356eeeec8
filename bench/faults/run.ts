import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../fraud/random.ts';
import { createSender } from '../load/sender.ts';
import { emptyTally, type Tally } from '../load/tally.ts';
import { runClient, type Work } from './client.ts';
import type { History } from './history.ts';
import { injectors } from './injectors.ts';
import { makePeople } from './people.ts';
import { planFaults } from './plan.ts';
import { drain, verifyAudit } from './settle.ts';
import type { World } from './world.ts';

/** What a run is to do. */
export interface RunPlan {
  seed: number;
  clients: number;
  /** Which faults, by name; all of them when none is named. */
  faults?: readonly string[];
  /** Whether there is to be another fault after so many. */
  goesOn(faults: number): boolean;
}

/** What a run did, before anybody has checked it. */
export interface Ran {
  /** How often each fault was injected, and how often it fired in all. */
  faults: Record<string, { injected: number; fired: number }>;
  operations: Record<string, number>;
  reads: number;
  answers: Tally['answers'];
  /** Events that had not arrived after five minutes of waiting. */
  drained: boolean;
}

/** Has clients move money while one fault after another is injected, then lets everything arrive and the audit be verified. */
export async function runFaults(
  world: World,
  { seed, clients, faults = Object.keys(injectors), goesOn }: RunPlan,
  history: History,
  progress: (line: string) => void,
): Promise<Ran> {
  const random = createRandom(`${seed}`);
  const sender = createSender(world.url);
  const counts: Ran['operations'] = {};
  const counting: History = {
    ...history,
    add(entry) {
      if (entry.kind === 'operation') counts[entry.fate] = (counts[entry.fate] ?? 0) + 1;
      history.add(entry);
    },
  };
  const people = await makePeople(world, sender, seed, history);
  const work: Work = { people, sender, history: counting, tally: emptyTally(), acknowledged: [], reads: 0 };
  const injected: Ran['faults'] = Object.fromEntries(faults.map(fault => [fault, { injected: 0, fired: 0 }]));

  let working = true;
  const running = Array.from({ length: clients }, (_, index) =>
    runClient(work, random.fork(`client ${index}`), () => working),
  );
  const stopped = Promise.all(running);
  try {
    // A client that fails ends the run; it is not waited for until the end.
    await Promise.race([stopped, injectAll({ world, random, faults, goesOn, injected, history, progress })]);
  } finally {
    working = false;
  }
  progress('the last fault is over: waiting for what is on its way');
  await stopped;
  const drained = await drain(world, progress);
  history.add(await verifyAudit(world, await people.staff()));
  sender.close();
  return { faults: injected, operations: counts, reads: work.reads, answers: work.tally.answers, drained };
}

interface Injection {
  world: World;
  random: Random;
  faults: readonly string[];
  goesOn: RunPlan['goesOn'];
  injected: Ran['faults'];
  history: History;
  progress(line: string): void;
}

async function injectAll({ world, random, faults, goesOn, injected, history, progress }: Injection): Promise<void> {
  let count = 0;
  for (const { fault, quietMs } of planFaults(faults, random.fork('faults'))) {
    if (!goesOn(count)) return;
    await pause(quietMs);
    const fired = (await injectors[fault]?.(world, random.fork(`fault ${count}`))) ?? 0;
    count += 1;
    const so = injected[fault];
    if (so) {
      so.injected += 1;
      so.fired += fired;
    }
    history.add({ kind: 'fault', fault, fired });
    progress(`${fault}${fired === 0 ? ': there was nothing to break' : ` (${fired})`}`);
  }
}
