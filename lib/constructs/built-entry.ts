import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
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
 * them all built at once: most of the time goes into reading the packages that they share. Those that load something on demand are built
 * again, each alone, as parts that several shared would be many and small.
 */
export function builtEntry(projectRoot: string, entry: string): BuiltEntry {
  let found = built.get(entry);
  if (!found) {
    const together = build(projectRoot, entries.includes(entry) ? entries : [entry]);
    for (const [name, { onDemand, ...bundle }] of together) {
      built.set(name, (onDemand && build(projectRoot, [name], true).get(name)) || bundle);
    }
    found = built.get(entry);
  }
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

/** What bundles do without, and what they have in its place. */
const standIns = {
  fontkit: './lib/constructs/no-embedded-fonts.ts',
  '@aws-sdk/credential-provider-node': './lib/constructs/environment-credentials.ts',
  '@smithy/core/event-streams': './lib/constructs/no-event-streams.ts',
  bowser: './lib/constructs/no-browser.ts',
};

function build(
  projectRoot: string,
  names: readonly string[],
  splitting = false,
): Map<string, BuiltEntry & { onDemand: boolean }> {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(names.map((name, index) => [`entry-${index}`, name])),
    // Built in memory as if beside the project, for source maps whose paths are the same on every machine.
    outdir: '.',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    write: false,
    bundle: true,
    splitting,
    metafile: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: packagesApart.filter(name => !names.includes(name)),
    alias: standIns,
    // Packages that are not ES modules ask for Node.js's own with `require`, which an ES module does not have.
    banner: {
      js: "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);",
    },
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'error',
  });
  const textOf = (name: string) => outputFiles.find(({ path }) => basename(path) === name)?.text ?? '';
  const moduleOf = (name: string) => ({ code: textOf(name), sourceMap: textOf(`${name}.map`) });
  const parts = outputFiles.map(({ path }) => basename(path)).filter(name => /^part-.*\.mjs$/.test(name));
  return new Map(
    names.map((name, index) => [
      name,
      {
        ...moduleOf(`entry-${index}.mjs`),
        parts: new Map(parts.map(part => [part, moduleOf(part)])),
        onDemand: loadsOnDemand(metafile, `entry-${index}.mjs`),
      },
    ]),
  );
}

/** Whether a bundle holds code of the bank's own that loads some of it later, if at all. */
function loadsOnDemand({ inputs, outputs }: Metafile, output: string): boolean {
  const own = Object.keys(outputs[output]?.inputs ?? {}).filter(input => !input.includes('node_modules'));
  return own
    .flatMap(input => inputs[input]?.imports ?? [])
    .some(({ kind, external }) => kind === 'dynamic-import' && !external);
}
