import { expect } from 'vitest';
import { footprint } from './footprint.ts';
import { internalsIn } from './internals.ts';
import type { Person, Reply, TestSystem } from './system.ts';

/** Sends somebody's request that must be refused, and sees to it that nothing was written and nothing internal told. */
export function refusing(bank: () => TestSystem, who: () => Person) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const before = await footprint(bank().database);
    const reply = await bank().call(who(), method, path, body, headers);
    expect(internalsIn(JSON.stringify(reply.body))).toBeUndefined();
    expect(await footprint(bank().database)).toEqual(before);
    return reply;
  };
}

/** The fields that a problem names. */
export function fieldsOf({ body }: Reply): string[] {
  return ((body.errors ?? []) as { field: string }[]).map(error => error.field);
}
