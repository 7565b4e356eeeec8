import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { builtEntry, forLambda, writeModule } from '../../lib/constructs/built-entry.ts';
import { readAssembly } from '../../local/assembly/assembly.ts';
import type { AssemblyFunction } from '../../local/assembly/read-functions.ts';
import { environmentVariables } from '../../local/lambda/environment-variables.ts';
import { synthesise } from '../bench-bank.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const reference = 'bench/suite/data-api-only/index.ts';
const bundleName = 'index.mjs';

/** A function's code, and what it finds in its environment. */
export interface Bundle {
  name: string;
  file: string;
  bytes: number;
  environment: Record<string, string>;
}

/** Synthesises the bank into a folder. @returns the bundles of its functions, each once, by name. */
export async function synthesisedBundles(folder: string): Promise<Bundle[]> {
  await synthesise(folder);
  const { functions } = readAssembly(folder);
  const bank = functions.filter(isOfTheBank);
  // Functions of the same code are one bundle under the first one's name.
  const different = Map.groupBy(bank, ({ assetDirectory }) => assetDirectory);
  const bundles = await Promise.all([...different.values()].flatMap(([first]) => (first ? [bundleOf(first)] : [])));
  return bundles.toSorted((one, other) => one.name.localeCompare(other.name));
}

/**
 * The handler that only makes a Data API client, into two folders: as esbuild bundles it when it is told nothing but for whom, which is what bundles
 * are measured against, and as the bank's are bundled, without what none of them runs.
 */
export async function referenceBundles(folder: string, like: Bundle): Promise<{ plain: Bundle; lean: Bundle }> {
  const plain = join(folder, 'plain', bundleName);
  await build({
    absWorkingDir: projectRoot,
    entryPoints: [reference],
    outfile: plain,
    ...forLambda,
    sourcemap: true,
  });
  const lean = join(folder, 'lean', bundleName);
  writeModule(lean, builtEntry(projectRoot, reference));
  const bundle = async (name: string, file: string) => ({
    name,
    file,
    bytes: await bytesIn(dirname(file)),
    environment: like.environment,
  });
  return {
    plain: await bundle('only a Data API client', plain),
    lean: await bundle('the same as the bank bundles it', lean),
  };
}

/** Not the CDK's own functions, and not the route that transfers are measured against. */
function isOfTheBank({ stack, assetDirectory }: AssemblyFunction): boolean {
  return !stack.includes('select-one') && assetDirectory !== undefined && existsSync(join(assetDirectory, bundleName));
}

async function bundleOf(hosted: AssemblyFunction): Promise<Bundle> {
  const file = join(hosted.assetDirectory ?? '', bundleName);
  return {
    // Without the CDK's hash.
    name: hosted.logicalId.replace(/[0-9A-F]{8}$/, ''),
    file,
    bytes: await bytesIn(dirname(file)),
    environment: environmentVariables(hosted, {}, 'bench'),
  };
}

/** How much code lies in a function's folder: its bundle, and the parts of it that are loaded on demand. */
async function bytesIn(folder: string): Promise<number> {
  const modules = (await readdir(folder)).filter(name => name.endsWith('.mjs'));
  const sizes = await Promise.all(modules.map(async name => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
