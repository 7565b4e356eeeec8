import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foreignMentionsIn } from './foreign-mentions.ts';
import { licenceFaults, lockFileFaults, looseVersions } from './package-rules.ts';
import { runCommand } from './run-command.ts';

/** One thing that must be so in the repository. */
export interface Check {
  name: string;
  about: string;
  /** @returns what is wrong, for people to read; empty when all is well. */
  faults(root: string): Promise<string>;
}

/** Everything that is checked, what takes longest first. */
export const checks: Check[] = [
  tool('types', 'TypeScript finds no error', 'tsc', ['-p', '.']),
  tool('lint', 'Biome: rules, imports one way, format; warnings are errors', 'biome', [
    'ci',
    '--colors=off',
    '--error-on-warnings',
    '.',
  ]),
  tool('schema', 'sql/schema.sql is what the migrations make', 'node', ['tests/support/dump-schema.ts', '--check']),
  tool('openapi', 'docs/openapi.json and docs/API.md are what the contract makes', 'node', [
    'openapi/write.ts',
    '--check',
  ]),
  tool('events', 'docs/events is what lambdas/domain/events makes', 'node', ['openapi/write-events.ts', '--check']),
  tool('spec', 'Redocly finds no fault in docs/openapi.json', 'redocly', [
    'lint',
    '--format=stylish',
    'docs/openapi.json',
  ]),
  tool('unused', 'knip finds no unused file, export or dependency', 'knip', ['--treat-config-hints-as-errors']),
  list('mentions', 'no path of one machine, no address of a registry', async root => {
    return foreignMentionsIn(root, await repositoryFiles(root));
  }),
  list('versions', 'package.json pins exact versions', async root => looseVersions(await read(root, 'package.json'))),
  list('lock', 'package-lock.json: no download addresses, a hash for every package', async root =>
    lockFileFaults(await read(root, 'package-lock.json')),
  ),
  list('licences', 'every package may be used in this project', async root =>
    licenceFaults(await read(root, 'package-lock.json')),
  ),
];

function tool(name: string, about: string, command: string, args: string[]): Check {
  return {
    name,
    about,
    async faults(root) {
      const { code, output } = await runCommand(root, command, args);
      return code === 0 ? '' : output.trim() || `${command} ended with ${code}`;
    },
  };
}

function list(name: string, about: string, find: (root: string) => Promise<string[]>): Check {
  return { name, about, faults: async root => (await find(root)).join('\n') };
}

function read(root: string, file: string): Promise<string> {
  return readFile(join(root, file), 'utf8');
}

/** The files of the repository and those about to join it, in paths from the root. */
async function repositoryFiles(root: string): Promise<string[]> {
  // The folder may belong to another user than the one who checks, as in a container: reading its list is harmless.
  const { code, output } = await runCommand(root, 'git', [
    ...['-c', 'safe.directory=*', '-c', 'core.quotePath=false'],
    ...['ls-files', '--cached', '--others', '--exclude-standard'],
  ]);
  if (code !== 0) throw new Error(`git does not list the files: ${output.trim()}`);
  return output.split('\n').filter(file => file !== '');
}
