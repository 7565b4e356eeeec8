import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageNames } from '../../lib/config.ts';
import { CommandError, runCommand } from '../../local/command-error.ts';
import { synthesise } from '../../local/synthesise.ts';
import { NoPython, pythonEnvironment } from './python/environment.ts';
import { runCommand as runProgram } from './quality/run-command.ts';

const usage = `Usage: npm run -s lint:templates [-- STAGE…]

Has cfn-lint look at the synthesised templates of the stages, all of them unless told; .cfnlintrc.yaml says what it leaves alone, and why. It is the
cfn-lint in PATH, or else the pinned one, which is installed with Python at the first use. Where neither is to be had it says
so, and lints nothing.`;

await runCommand(async () => {
  const stages = process.argv.slice(2);
  if (stages.includes('--help') || stages.includes('-h')) {
    console.log(usage);
    return;
  }
  const unknown = stages.filter(stage => !stageNames.some(name => name === stage));
  if (unknown.length > 0) {
    throw new CommandError(`There is no stage ${unknown.join(', ')}: choose of ${stageNames.join(', ')}.`);
  }
  const linter = await linterHere();
  if (linter !== undefined) await lint(linter, stages.length > 0 ? stages : stageNames);
});

async function lint(linter: string, stages: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-lint-'));
  try {
    const templates: string[] = [];
    for (const stage of stages) templates.push(...(await templatesOf(stage, join(folder, stage))));
    const { code, output } = await runProgram('.', linter, ['--', ...templates]);
    if (code !== 0) throw new CommandError(output.trim() || `cfn-lint ended with ${code}`);
    console.log(`cfn-lint finds no fault in ${templates.length} templates of ${stages.join(', ')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function linterHere(): Promise<string | undefined> {
  const asked = await runProgram('.', 'cfn-lint', ['--version']).catch(() => undefined);
  if (asked?.code === 0) {
    console.log(`${asked.output.trim()}, installed here`);
    return 'cfn-lint';
  }
  try {
    const python = await pythonEnvironment(join(import.meta.dirname, 'python/requirements.txt'));
    const linter = join(python, 'bin/cfn-lint');
    console.log(`${(await runProgram('.', linter, ['--version'])).output.trim()}, the pinned one`);
    return linter;
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
    console.log(`SKIPPED: no cfn-lint can be had here, and nothing was linted. ${error.message}`);
    return undefined;
  }
}

async function templatesOf(stage: string, folder: string): Promise<string[]> {
  await synthesise(stage, folder, { bundles: false });
  const files = await readdir(folder);
  return files.filter(name => name.endsWith('.template.json')).map(name => join(folder, name));
}
