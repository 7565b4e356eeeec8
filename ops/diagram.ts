import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, runCommand } from '../local/command-error.ts';
import { synthesise } from '../local/synthesise.ts';
import { readArchitecture } from './diagram/architecture.ts';
import { draw } from './diagram/draw.ts';

const path = 'docs/architecture.svg';

const usage = `Usage: npm run -s diagram

Draws the architecture of prod into ${path}, from its synthesised templates: what starts each function, and what its
role lets it use.`;

await runCommand(async () => {
  if (readOptions().help) {
    console.log(usage);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-diagram-'));
  try {
    await synthesise('prod', folder, { bundles: false });
    await writeFile(path, draw(readArchitecture(folder)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`${path} is current`);
});

function readOptions() {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s diagram -- --help`);
  }
}
