import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { buildSync } from 'esbuild';
import { entries } from '../entries.ts';

/** An ES module for Lambda and its source map, which whoever writes it names in its last line. */
export interface BuiltEntry {
  readonly code: string;
  readonly sourceMap: string;
}

const built = new Map<string, BuiltEntry>();

/**
 * Packages that stay out of the bundles: Node.js would read them at every start of a function that needs them now and then. Each is bundled
 * for itself and lies beside (`BundleOptions.beside`), where `import` finds it.
 */
export const packagesApart = ['pdfkit'] as const;
export type PackageApart = (typeof packagesApart)[number];

/**
 * What esbuild makes of a function's entry, or of a package that stays apart. The first of the bank's own entries that is asked for has
 * them all built at once: most of the time goes into reading the packages that they share.
 */
export function builtEntry(projectRoot: string, entry: string): BuiltEntry {
  let found = built.get(entry);
  if (!found) {
    for (const [name, bundle] of build(projectRoot, entries.includes(entry) ? entries : [entry])) {
      built.set(name, bundle);
    }
    found = built.get(entry);
  }
  if (!found) {
    throw new Error(`esbuild made nothing of ${entry}`);
  }
  return found;
}

/** Writes a module, with its source map beside it. */
export function writeModule(file: string, { code, sourceMap }: BuiltEntry): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${code}//# sourceMappingURL=${basename(file)}.map\n`);
  writeFileSync(`${file}.map`, sourceMap);
}

function build(projectRoot: string, names: readonly string[]): Map<string, BuiltEntry> {
  const { outputFiles } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(names.map((name, index) => [`entry-${index}`, name])),
    // Built in memory as if beside the project, for source maps whose paths are the same on every machine.
    outdir: '.',
    outExtension: { '.js': '.mjs' },
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: packagesApart.filter(name => !names.includes(name)),
    alias: { fontkit: './lib/constructs/no-embedded-fonts.ts' },
    // Packages that are not ES modules ask for Node.js's own with `require`, which an ES module does not have.
    banner: {
      js: "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);",
    },
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'error',
  });
  const textOf = (end: string) => outputFiles.find(file => file.path.endsWith(end))?.text ?? '';
  return new Map(
    names.map((name, index) => [
      name,
      {
        code: textOf(`/entry-${index}.mjs`),
        sourceMap: textOf(`/entry-${index}.mjs.map`),
      },
    ]),
  );
}
