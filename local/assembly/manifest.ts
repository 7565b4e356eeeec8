import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { AssemblyError } from './assembly-error.ts';
import { type Template, templateSchema } from './template.ts';

const manifestSchema = z.object({
  artifacts: z
    .record(
      z.string(),
      z.object({
        type: z.string(),
        dependencies: z.array(z.string()).default([]),
        properties: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default({}),
});

const stackPropertiesSchema = z.object({ templateFile: z.string(), stackName: z.string().optional() });
const assetArtifactSchema = z.object({ file: z.string() });

const assetManifestSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

export interface StackSource {
  name: string;
  template: Template;
}

export interface AssemblySource {
  /** Every stack after the stacks it depends on. */
  stacks: StackSource[];
  /** Object key in the assets bucket → the folder or file beside the manifest that is uploaded under it. */
  assets: Map<string, string>;
}

function readJson<Value>(path: string, schema: z.ZodType<Value>): Value {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AssemblyError(`${path} cannot be read: is this the folder that \`cdk synth\` wrote?`, { cause: error });
  }
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new AssemblyError(`${path} is not what the CDK writes: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function dependenciesFirst(dependencies: Map<string, string[]>): string[] {
  const ordered = new Set<string>();
  const visit = (id: string, path: string[]) => {
    if (ordered.has(id)) return;
    if (path.includes(id)) throw new AssemblyError(`the stacks depend on one another: ${[...path, id].join(' → ')}`);
    for (const needed of dependencies.get(id) ?? []) visit(needed, [...path, id]);
    ordered.add(id);
  };
  for (const id of dependencies.keys()) visit(id, []);
  return [...ordered];
}

/**
 * Reads a synthesised cloud assembly: its manifest, templates and asset manifests
 * (https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema).
 * Throws AssemblyError when the folder is not one.
 */
export function readAssemblySource(directory: string): AssemblySource {
  const manifest = readJson(join(directory, 'manifest.json'), manifestSchema);
  const artifacts = new Map(Object.entries(manifest.artifacts));
  const order = dependenciesFirst(new Map([...artifacts].map(([id, artifact]) => [id, artifact.dependencies])));
  const source: AssemblySource = { stacks: [], assets: new Map() };
  for (const id of order) {
    const artifact = artifacts.get(id);
    if (artifact?.type === 'aws:cloudformation:stack') {
      const { templateFile, stackName } = stackPropertiesSchema.parse(artifact.properties);
      source.stacks.push({ name: stackName ?? id, template: readJson(join(directory, templateFile), templateSchema) });
    }
    if (artifact?.type === 'cdk:asset-manifest') {
      const { file } = assetArtifactSchema.parse(artifact.properties);
      for (const asset of Object.values(readJson(join(directory, file), assetManifestSchema).files)) {
        if (asset.source.path === undefined) continue;
        for (const { objectKey } of Object.values(asset.destinations)) {
          source.assets.set(objectKey, resolve(directory, asset.source.path));
        }
      }
    }
  }
  return source;
}
