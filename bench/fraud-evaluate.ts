import { writeFile } from 'node:fs/promises';
import { runCommand } from '../local/command-error.ts';
import { createCleanUp } from './clean-up.ts';
import { startDatabase } from './fraud/database.ts';
import { generateMonth } from './fraud/month.ts';
import { type EvaluationOptions, readOptions, usage } from './fraud/options.ts';
import { type Outcome, outcomeOf } from './fraud/outcome.ts';
import { plotOf } from './fraud/plot.ts';
import { replayMonth } from './fraud/replay.ts';
import { reportOf } from './fraud/report.ts';
import { changeRules, readRuleRows, readThresholds } from './fraud/rule-rows.ts';
import { progress } from './progress.ts';

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const outcome = await evaluate(options);
  console.log(options.json ? JSON.stringify(outcome, null, 2) : reportOf(outcome));
  if (options.svg !== undefined) {
    await writeFile(options.svg, plotOf(outcome));
    progress(`drew ${options.svg}`);
  }
  process.exitCode = outcome.errors.length === 0 ? 0 : 1;
});

async function evaluate({ seed, customers, settings }: EvaluationOptions): Promise<Outcome> {
  const cleanUp = createCleanUp();
  try {
    progress('starting PostgreSQL');
    const database = await startDatabase(cleanUp, progress);
    await changeRules(database, settings);
    progress('generating the month');
    const judged = await replayMonth(database, generateMonth(seed, customers), progress);
    const known = { rules: await readRuleRows(database), thresholds: await readThresholds(database) };
    return outcomeOf(judged, { seed, customers, ...known });
  } finally {
    await cleanUp.run();
  }
}
