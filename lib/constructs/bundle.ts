import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { builtEntry, type PackageApart, writeModule } from './built-entry.ts';
import { type PackageFiles, placePackageFiles, versionOf } from './package-files.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const nodeModules = join(projectRoot, 'node_modules');

/** What to bundle, in paths from the root of the project. */
export interface BundleOptions {
  /** The TypeScript file that exports the function's `handler`. */
  readonly entry: string;
  /** What lies beside the bundle, by the name there: files and folders that are copied, and packages that it is loaded without. */
  readonly beside?: Readonly<Record<string, string | { readonly bundled: PackageApart }>>;
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
          writeModule(join(output, 'index.mjs'), builtEntry(projectRoot, entry));
          for (const [name, source] of Object.entries(beside)) {
            if (typeof source === 'string') {
              cpSync(join(projectRoot, source), join(output, name), { recursive: true });
            } else {
              writeModule(join(output, name), builtEntry(projectRoot, source.bundled));
            }
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
