import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What to bundle, in paths from the root of the project. */
export interface BundleOptions {
  /** The TypeScript file that exports the function's `handler`. */
  readonly entry: string;
  /** Files and folders copied beside the bundle: the name there, and where it comes from. */
  readonly beside?: Readonly<Record<string, string>>;
}

/**
 * Code for a Lambda function: one minified ES module `index.mjs` with its source map, the AWS SDK included, so that
 * what was tested is what runs. Built in this process by esbuild; no Docker, no child npx.
 */
export function bundledCode({ entry, beside = {} }: BundleOptions): Code {
  return Code.fromAsset(projectRoot, {
    // The hash is of the output, so that a function changes when its bundle does and not before.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('bundling-needs-no-image'),
      // Never run; it is how two bundles of the same folder are told apart.
      command: [entry, JSON.stringify(beside)],
      local: {
        tryBundle(output) {
          writeBundle(entry, output);
          for (const [name, source] of Object.entries(beside)) {
            cpSync(join(projectRoot, source), join(output, name), { recursive: true });
          }
          return true;
        },
      },
    },
  });
}

function writeBundle(entry: string, output: string): void {
  const { outputFiles } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    // Built in memory as if beside the project, for a source map whose paths are the same on every machine.
    outfile: 'index.mjs',
    write: false,
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
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
  });
  for (const file of outputFiles) {
    const path = join(output, file.path.slice(projectRoot.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.contents);
  }
}
