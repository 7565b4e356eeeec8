import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { synthesise } from '../../local/synthesise.ts';

/** The synthesised CDK app of the local stage: made once in a run, by the first test file that asks for it. */
export function localAssembly(): Promise<string> {
  return stageAssembly('local');
}

/** The synthesised CDK app of a stage: made once in a run, by the first test file that asks for it. */
export async function stageAssembly(stage: string): Promise<string> {
  const folder = join(inject('runDirectory'), `assembly-${stage}`);
  const done = join(folder, 'done');
  try {
    await mkdir(folder);
  } catch {
    while (!existsSync(done)) {
      await pause(50);
    }
    return join(folder, 'cdk.out');
  }
  await synthesise(stage, join(folder, 'cdk.out'));
  await mkdir(done);
  return join(folder, 'cdk.out');
}
