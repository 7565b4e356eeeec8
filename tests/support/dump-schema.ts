import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { describeSchema } from './schema/describe-schema.ts';
import { firstDifference } from './schema/first-difference.ts';
import { withMigratedDatabase } from './schema/migrated-database.ts';

const usage = `Usage: node tests/support/dump-schema.ts [--write | --check]

Describes a freshly migrated database: tables, indexes, views, functions' signatures, triggers, roles and grants.
  --write   into sql/schema.sql (npm run schema:dump)
  --check   compare with sql/schema.sql, and fail where they differ
Without either, on the standard output.`;

const FILE = 'sql/schema.sql';

const { values } = parseArgs({
  options: { write: { type: 'boolean' }, check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help) {
  console.log(usage);
} else {
  const schema = await withMigratedDatabase(describeSchema);
  if (values.write) {
    await writeFile(FILE, schema);
  } else if (values.check) {
    await compare(schema);
  } else {
    process.stdout.write(schema);
  }
}

async function compare(schema: string): Promise<void> {
  const written = await readFile(FILE, 'utf8').catch(() => '');
  const difference = firstDifference({ name: FILE, text: written }, { name: 'the migrated database', text: schema });
  if (difference === undefined) return;
  console.error(`${difference}\nMake it again with: npm run schema:dump`);
  process.exitCode = 1;
}
