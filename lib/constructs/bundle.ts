import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { builtEntry } from './built-entry.ts';
import { type PackageFiles, placePackageFiles, versionOf } from './package-files.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const nodeModules = join(projectRoot, 'node_modules');

/** What to bundle, in paths from the root of the project. */
export interface BundleOptions {
  /** The TypeScript file that exports the function's `handler`. */
  readonly entry: string;
  /** Files and folders copied beside the bundle: the name there, and where it comes from. */
  readonly beside?: Readonly<Record<string, string>>;
  /**
   * Folders beside the bundle for files of npm packages that are too large to copy and to hash at each synthesis: they
   * are linked, and their package's version stands for their content.
   */
  readonly packageFiles?: Readonly<Record<string, PackageFiles>>;
}

/**
 * Code for a Lambda function: one minified ES module `index.mjs` with its source map, the AWS SDK included, so that
 * what was tested is what runs. Built in this process by esbuild; no Docker, no child npx.
 */
export function bundledCode({ entry, beside = {}, packageFiles = {} }: BundleOptions): Code {
  const folders = Object.entries(packageFiles);
  return Code.fromAsset(projectRoot, {
    // The hash is of the output, so that a function changes when its bundle does and not before.
    assetHashType: AssetHashType.OUTPUT,
    ...(folders.length > 0 && {
      exclude: folders.map(([folder]) => folder),
      extraHash: folders.map(([folder, files]) => `${folder}: ${versionOf(nodeModules, files)}`).join('\n'),
    }),
    bundling: {
      image: DockerImage.fromRegistry('bundling-needs-no-image'),
      // Never run; it is how two bundles of the same folder are told apart.
      command: [entry, JSON.stringify(beside)],
      local: {
        tryBundle(output) {
          const { code, sourceMap } = builtEntry(projectRoot, entry);
          writeFileSync(join(output, 'index.mjs'), code);
          writeFileSync(join(output, 'index.mjs.map'), sourceMap);
          for (const [name, source] of Object.entries(beside)) {
            cpSync(join(projectRoot, source), join(output, name), { recursive: true });
          }
          for (const [folder, files] of folders) {
            placePackageFiles(nodeModules, files, join(output, folder));
          }
          return true;
        },
      },
    },
  });
}
