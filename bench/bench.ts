import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../local/command-error.ts';
import { createCleanUp } from './clean-up.ts';
import { thisMachine } from './machine.ts';
import { progress } from './progress.ts';
import { createBench } from './suite/bench.ts';
import { chartOf } from './suite/chart.ts';
import { readOptions, type SuiteOptions } from './suite/options.ts';
import { type SuiteOutcome, suiteOutcomeOf } from './suite/outcome.ts';
import { markdownOf, reportOf } from './suite/report.ts';
import type { Found } from './suite/section.ts';
import { sections } from './suite/sections.ts';
import { usageOf } from './suite/usage.ts';
import { writeMeasured } from './write-measured.ts';

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(usageOf(sections));
    return;
  }
  const outcome = await measureAll(options);
  console.log(printed(outcome, options.form));
  if (options.chart !== undefined) {
    await writeFile(options.chart, chartOf(outcome));
    progress(`drew ${options.chart}`);
  }
  if (options.write !== undefined) {
    await writeMeasured(options.write, 'bench', markdownOf(outcome));
    progress(`wrote ${options.write}`);
  }
  process.exitCode = outcome.failures.length === 0 ? 0 : 1;
});

async function measureAll(options: SuiteOptions): Promise<SuiteOutcome> {
  const cleanUp = createCleanUp();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'countinghouse-bench-'));
    cleanUp.add(() => rm(folder, { recursive: true, force: true }));
    const bench = createBench(options, folder, cleanUp, progress);
    const found: Found[] = [];
    for (const section of sections.filter(({ name }) => options.only.includes(name))) {
      progress(`${section.name}: ${section.about}`);
      found.push(await section.run(bench));
    }
    return suiteOutcomeOf(thisMachine(await bench.postgresql()), options, found);
  } finally {
    await cleanUp.run();
  }
}

function printed(outcome: SuiteOutcome, form: SuiteOptions['form']): string {
  switch (form) {
    case 'json':
      return JSON.stringify(outcome, null, 2);
    case 'markdown':
      return markdownOf(outcome);
    case 'text':
      return reportOf(outcome);
  }
}
