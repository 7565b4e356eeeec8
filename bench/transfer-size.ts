import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, runCommand } from '../local/command-error.ts';
import { startPostgres } from '../local/postgres/start-postgres.ts';
import { createCleanUp } from './clean-up.ts';
import { measureTransfers } from './transfer-size/measure.ts';

const usage = `Usage: npm run -s bench:size [-- COUNT]

Tells how much a transfer leaves behind, as ops/cost/assumptions.json has it: makes COUNT transfers (5000) on a bank of its
own, processes their events as the worker does, and prints the bytes of tables and indexes, and of write-ahead log, for each, and the time of
a core that the database took.
Aurora keeps no pages in its log, so neither does this PostgreSQL.`;

await runCommand(async () => {
  const [count = '5000', ...surplus] = process.argv.slice(2);
  if (count === '--help' || count === '-h') {
    console.log(usage);
    return;
  }
  if (!/^[1-9]\d{0,6}$/.test(count) || surplus.length > 0) {
    throw new CommandError(`COUNT is ${[count, ...surplus].join(' ')}: give one number from 1 to 9999999.`);
  }
  const cleanUp = createCleanUp();
  try {
    const directory = await mkdtemp(join(tmpdir(), 'countinghouse-size-'));
    cleanUp.add(() => rm(directory, { recursive: true, force: true }));
    const postgres = await startPostgres({
      directory: join(directory, 'postgres'),
      temporary: true,
      durable: false,
      settings: { full_page_writes: 'off', autovacuum: 'off', max_wal_size: '16GB', checkpoint_timeout: '1h' },
    });
    cleanUp.add(() => postgres.stop());
    const { storedBytes, walBytes, cpuMilliseconds: cpu, tables } = await measureTransfers(postgres.url, Number(count));
    console.log(`${count} transfers: ${storedBytes} bytes stored and ${walBytes} bytes of log, each`);
    if (cpu) {
      const [transfer, event] = [cpu.transfer.toFixed(2), cpu.event.toFixed(2)];
      console.log(`${transfer} ms of a core in the database for the transfer, and ${event} for its event`);
    }
    for (const { name, bytes } of tables) console.log(`  ${name.padEnd(24)} ${bytes.toString().padStart(6)}`);
  } finally {
    await cleanUp.run();
  }
});
