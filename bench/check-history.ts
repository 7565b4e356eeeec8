import { Pool } from 'pg';
import { CommandError, runCommand } from '../local/command-error.ts';
import { check } from './faults/check.ts';
import { readHistory } from './faults/history.ts';

const usage = `Usage: node bench/check-history.ts HISTORY DATABASE_URL

Compares the history of a faults run with the database that it happened in. Ends with 1 and a line for each thing that is not as
it must be.`;

await runCommand(async () => {
  const [file, url] = process.argv.slice(2);
  if (file === undefined || url === undefined || file === '--help') {
    console.log(usage);
    return;
  }
  const history = await readHistory(file);
  const database = new Pool({ connectionString: url, max: 1 });
  try {
    const faults = await check(history, database);
    for (const fault of faults) console.log(fault);
    if (faults.length > 0) throw new CommandError(`${faults.length} things are not as they must be.`);
    const operations = history.filter(entry => entry.kind === 'operation').length;
    const reads = history.filter(entry => entry.kind === 'read').length;
    console.log(`${operations} operations and ${reads} reads agree with the database.`);
  } finally {
    await database.end();
  }
});
