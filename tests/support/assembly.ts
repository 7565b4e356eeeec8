import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { synthesise } from '../../local/synthesise.ts';

/** The synthesised CDK app of the local stage: made once in a run, by the first test file that asks for it. */
export async function localAssembly(): Promise<string> {
  const folder = join(inject('runDirectory'), 'assembly');
  const done = join(folder, 'done');
  try {
    await mkdir(folder);
  } catch {
    while (!existsSync(done)) {
      await pause(50);
    }
    return join(folder, 'cdk.out');
  }
  await synthesise('local', join(folder, 'cdk.out'));
  await mkdir(done);
  return join(folder, 'cdk.out');
}
