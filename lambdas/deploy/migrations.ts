import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One script to run in the database: a migration, once; or the programs, whenever they changed. */
export interface Script {
  name: string;
  text: string;
  checksum: string;
}

/**
 * Reads the `sql` folder in the order it is applied: every file of `migrations` by number, then one script of all the
 * functions, views and grants together, so that a release's programs change in one commit or not at all.
 */
export async function readScripts(folder: string): Promise<Script[]> {
  const migrations = await readSqlFiles(join(folder, 'migrations'));
  const programs = [
    ...(await readSqlFiles(join(folder, 'functions'))),
    ...(await Promise.all(
      ['views.sql', 'roles.sql'].map(name => readFile(join(folder, name), 'utf8').then(text => ({ name, text }))),
    )),
  ];
  return [...migrations, { name: 'programs', text: programs.map(file => file.text).join('\n') }].map(script => ({
    ...script,
    checksum: createHash('sha256').update(script.text).digest('hex'),
  }));
}

async function readSqlFiles(folder: string): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort();
  return Promise.all(names.map(async name => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}
