import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod';
import { contract } from '../../lambdas/api/contract.ts';
import type { Staff } from '../load/staff.ts';
import type { Entry } from './history.ts';
import { minutesPass, waiting } from './injectors.ts';
import type { World } from './world.ts';

const patienceMs = 5 * 60_000;

/** Has the relay bring what is left in the outbox until nothing is. @returns whether that came to be in time. */
export async function drain(world: World, progress: (line: string) => void): Promise<boolean> {
  for (const began = performance.now(); performance.now() - began < patienceMs; ) {
    const left = await waiting(world);
    if (left === 0) return true;
    progress(`${left} events are on their way`);
    // Past all that a relay waits between its tries.
    await minutesPass(world, 24 * 60);
    await world.cloud.fire('relay-events');
    await pause(3_000);
  }
  return false;
}

const verification = contract.verifyAudit.reply;

/** Seals the audit, and has the API verify all of it. */
export async function verifyAudit(world: World, staff: Staff): Promise<Entry> {
  await world.cloud.fire('seal-audit');
  const parts: z.output<typeof verification>[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = cursor === '' ? '' : `?cursor=${cursor}`;
    const part = verification.parse(await staff.must({ method: 'GET', path: `${contract.verifyAudit.path}${query}` }));
    parts.push(part);
    cursor = part.next_cursor;
  }
  const last = parts.at(-1);
  return {
    kind: 'end',
    intact: parts.every(({ intact }) => intact) && last?.complete === true,
    verified: parts.reduce((sum, { rows }) => sum + rows, 0),
    unsealed: last?.unsealed ?? 0,
    deadlocks: await world.deadlocks(),
  };
}
