import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface FixtureStack {
  template: Record<string, unknown>;
  dependsOn?: string[];
}

/** A folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-fixture-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files into a folder: path → text. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/**
 * Writes a cloud assembly as `cdk synth` does: stacks in the given order, and one asset, `asset.code`, of the given
 * files, which functions name by the object key `code.zip`.
 */
export async function writeAssembly(
  folder: string,
  stacks: Record<string, FixtureStack>,
  code: Record<string, string> = {},
): Promise<string> {
  const artifacts: Record<string, unknown> = {
    'all.assets': { type: 'cdk:asset-manifest', properties: { file: 'all.assets.json' } },
  };
  for (const [name, { template, dependsOn = [] }] of Object.entries(stacks)) {
    const templateFile = `${name}.template.json`;
    artifacts[name] = { type: 'aws:cloudformation:stack', dependencies: dependsOn, properties: { templateFile } };
    await writeFiles(folder, { [templateFile]: JSON.stringify(template) });
  }
  const assets = {
    files: {
      code: { source: { path: 'asset.code', packaging: 'zip' }, destinations: { here: { objectKey: 'code.zip' } } },
    },
  };
  await writeFiles(folder, {
    'manifest.json': JSON.stringify({ version: '55.0.0', artifacts }),
    'all.assets.json': JSON.stringify(assets),
    ...Object.fromEntries(Object.entries(code).map(([path, text]) => [`asset.code/${path}`, text])),
  });
  return folder;
}

/** A Lambda function of the fixture's one asset. */
export function functionResource(properties: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      ...properties,
    },
  };
}
