import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stageNames } from '../lib/config.ts';
import { CommandError, runCommand } from '../local/command-error.ts';
import { synthesise } from '../local/synthesise.ts';
import { billOf } from './cost/bill.ts';
import { documented, documentPath } from './cost/document.ts';
import { type Inventory, readInventory } from './cost/inventory.ts';
import { jsonOf, reportOf } from './cost/report.ts';

const usage = `Usage: npm run -s cost -- [--stage STAGE] [--transfers-per-day N] [--json]
       npm run -s cost -- --write

Prices a month of a stage: what its synthesised templates hold, by the dated list in ops/cost/prices.json, under the
assumptions in ops/cost/assumptions.json. It asks AWS nothing.

  --stage               ${stageNames.join(', ')} (prod)
  --transfers-per-day   how many (1000000)
  --json                every line, for programs
  --write               writes the tables of ${documentPath} anew`;

await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  if (options.write) {
    const inventory = await inventoryOf('prod');
    await writeFile(documentPath, documented(await readFile(documentPath, 'utf8'), inventory));
    console.log(`${documentPath} is current`);
    return;
  }
  const inventory = await inventoryOf(options.stage);
  const bill = billOf(inventory, options.transfersPerDay);
  if (options.json) {
    console.log(JSON.stringify(jsonOf(options.stage, bill, inventory), null, 2));
  } else {
    console.log(reportOf(options.stage, bill, inventory).join('\n'));
  }
});

async function inventoryOf(stage: string): Promise<Inventory> {
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-cost-'));
  try {
    await synthesise(stage, folder, { bundles: false });
    return readInventory(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readOptions() {
  const { values } = parsed();
  const { stage = 'prod', 'transfers-per-day': transfers = '1000000', json = false, write = false, help } = values;
  if (!stageNames.some(name => name === stage)) {
    throw new CommandError(`--stage is ${stage}: choose one of ${stageNames.join(', ')}.`);
  }
  if (!/^\d{1,12}$/.test(transfers)) {
    throw new CommandError(`--transfers-per-day is ${transfers}: give a whole number of at most twelve digits.`);
  }
  if (write && (json || values.stage !== undefined || values['transfers-per-day'] !== undefined)) {
    throw new CommandError('--write goes alone: its tables are those of prod. Try: npm run -s cost -- --help');
  }
  return { stage, transfersPerDay: Number(transfers), json, write, help };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        stage: { type: 'string' },
        'transfers-per-day': { type: 'string' },
        json: { type: 'boolean' },
        write: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [complaint] = (error as Error).message.split(/\.?\n/);
    throw new CommandError(`${complaint}. Try: npm run -s cost -- --help`);
  }
}
