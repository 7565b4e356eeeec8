import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { entries } from '../entries.ts';

/** An ES module for Lambda and its source map, which whoever writes it names in its last line. */
interface BuiltModule {
  readonly code: string;
  readonly sourceMap: string;
}

/** What is loaded at the start, and what lies beside it: parts that it shares with what is loaded on demand, and those that are. */
export interface BuiltEntry extends BuiltModule {
  readonly parts: ReadonlyMap<string, BuiltModule>;
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
 * them all built: together, as most of the time goes into reading the packages that they share; but those that load something on demand each
 * alone, as parts that several shared would be many and small.
 */
export function builtEntry(projectRoot: string, entry: string): BuiltEntry {
  if (!built.has(entry)) {
    const names = entries.includes(entry) ? entries : [entry];
    const onDemand = entriesOnDemand(projectRoot, names);
    const together = names.filter(name => !onDemand.has(name));
    for (const [name, bundle] of build(projectRoot, together, false)) built.set(name, bundle);
    for (const name of onDemand) {
      for (const [, bundle] of build(projectRoot, [name], true)) built.set(name, bundle);
    }
  }
  const found = built.get(entry);
  if (!found) {
    throw new Error(`esbuild made nothing of ${entry}`);
  }
  return found;
}

/** Writes a module and what belongs to it, each with its source map beside it. */
export function writeModule(file: string, { parts, ...module }: BuiltEntry): void {
  mkdirSync(dirname(file), { recursive: true });
  for (const [name, { code, sourceMap }] of [[basename(file), module] as const, ...parts]) {
    const path = join(dirname(file), name);
    writeFileSync(path, `${code}//# sourceMappingURL=${name}.map\n`);
    writeFileSync(`${path}.map`, sourceMap);
  }
}

/** What is for Lambda, and for esbuild to know. */
export const forLambda = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Packages that are not ES modules ask for Node.js's own with `require`, which an ES module does not have.
  banner: {
    js: "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);",
  },
  logLevel: 'error',
} satisfies BuildOptions;

/** What bundles do without, and what they have in its place. */
const standIns = {
  fontkit: './lib/constructs/no-embedded-fonts.ts',
  '@aws-sdk/credential-provider-node': './lib/constructs/environment-credentials.ts',
  '@smithy/core/event-streams': './lib/constructs/no-event-streams.ts',
  bowser: './lib/constructs/no-browser.ts',
};

function build(projectRoot: string, names: readonly string[], splitting: boolean): Map<string, BuiltEntry> {
  const { outputFiles } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: entryPoints(names),
    // Built in memory as if beside the project, for source maps whose paths are the same on every machine.
    outdir: '.',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    write: false,
    ...forLambda,
    splitting,
    external: packagesApart.filter(name => !names.includes(name)),
    alias: standIns,
    sourcemap: 'external',
    sourcesContent: false,
  });
  const textOf = (name: string) => outputFiles.find(({ path }) => basename(path) === name)?.text ?? '';
  const moduleOf = (name: string) => ({ code: textOf(name), sourceMap: textOf(`${name}.map`) });
  const parts = outputFiles.map(({ path }) => basename(path)).filter(name => /^part-.*\.mjs$/.test(name));
  return new Map(
    names.map((name, index) => [
      name,
      { ...moduleOf(`entry-${index}.mjs`), parts: new Map(parts.map(part => [part, moduleOf(part)])) },
    ]),
  );
}

/** Those entries of which some code of the bank's own is loaded later, if at all; packages are not looked into, nor are those that stay apart. */
function entriesOnDemand(projectRoot: string, names: readonly string[]): ReadonlySet<string> {
  const apart = new Set<string>(packagesApart);
  const own = names.filter(name => !apart.has(name));
  const { metafile } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: entryPoints(own),
    outdir: '.',
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
    logLevel: 'error',
  });
  const { inputs, outputs } = metafile;
  const isOnDemand = (index: number) =>
    Object.keys(outputs[`entry-${index}.js`]?.inputs ?? {})
      .flatMap(input => inputs[input]?.imports ?? [])
      .some(({ kind, path }) => kind === 'dynamic-import' && !apart.has(path));
  return new Set(own.filter((_, index) => isOnDemand(index)));
}

function entryPoints(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [`entry-${index}`, name]));
}
