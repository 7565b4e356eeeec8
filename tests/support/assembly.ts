import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { type SynthesisChoice, synthesise } from '../../local/synthesise.ts';

/** The synthesised CDK app of the local stage: made once in a run, by the first test file that asks for it. */
export function localAssembly(): Promise<string> {
  return assemblyOf('local');
}

/** The templates of a stage, without bundles: made once in a run, by the first test file that asks for them. */
export function stageTemplates(stage: string): Promise<string> {
  return assemblyOf(stage, { bundles: false });
}

async function assemblyOf(stage: string, choice?: SynthesisChoice): Promise<string> {
  const folder = join(
    inject('runDirectory'),
    `assembly-${stage}-${choice?.bundles === false ? 'templates' : 'bundles'}`,
  );
  const done = join(folder, 'done');
  try {
    await mkdir(folder);
  } catch {
    while (!existsSync(done)) {
      await pause(50);
    }
    return join(folder, 'cdk.out');
  }
  await synthesise(stage, join(folder, 'cdk.out'), choice);
  await mkdir(done);
  return join(folder, 'cdk.out');
}
