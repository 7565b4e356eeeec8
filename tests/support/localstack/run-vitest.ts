import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import * as z from 'zod';
import { type Exclusion, exclusions } from './exclusions.ts';

/** How a run of tests ended. A file that could not be loaded counts as one failure. */
export interface Counts {
  passed: number;
  failed: number;
  excluded: readonly Exclusion[];
}

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Runs Vitest with further arguments and variables; what it prints is seen. A run that leaves no report is one failure. */
export async function runVitest(
  args: string[],
  environment: Record<string, string>,
  reportFile: string,
): Promise<Counts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await new Promise(resolve => child.once('close', resolve));
  const written = await readFile(reportFile, 'utf8').catch(() => undefined);
  return written === undefined ? { passed: 0, failed: 1, excluded: [] } : countsOf(written);
}

/** Counts what a report of Vitest tells. A skipped test that no exclusion accounts for has failed. */
export function countsOf(written: string): Counts {
  const counts = { passed: 0, failed: 0, excluded: [] as Exclusion[] };
  for (const { name, status, assertionResults } of report.parse(JSON.parse(written)).testResults) {
    if (status === 'failed' && !assertionResults.some(each => each.status === 'failed')) counts.failed += 1;
    for (const result of assertionResults) {
      const file = relative(process.cwd(), name);
      const exclusion = exclusions.find(each => each.file === file && each.test === result.fullName);
      if (result.status === 'passed') counts.passed += 1;
      else if (exclusion && result.status !== 'failed') counts.excluded.push(exclusion);
      else counts.failed += 1;
    }
  }
  return counts;
}
