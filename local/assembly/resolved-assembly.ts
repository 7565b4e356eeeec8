import * as z from 'zod';
import { AssemblyError } from './assembly-error.ts';
import { evaluate, type Scope } from './intrinsics.ts';
import { type AssemblySource, readAssemblySource } from './manifest.ts';
import { stackScope } from './stack-scope.ts';
import type { Json } from './template.ts';

/** One resource of a stack, with its functions resolved. */
export interface ResolvedResource {
  stack: string;
  logicalId: string;
  type: string;
  dependsOn: string[];
  /** What `Ref` gives. */
  ref(): string;
  /** What `Fn::GetAtt` gives. */
  attribute(name: string): string;
  /** The properties as `schema` describes them; throws AssemblyError naming the resource when they are otherwise. */
  read<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

/** The stacks of an assembly as the service readers see them. */
export interface ResolvedAssembly {
  stacks: string[];
  /** In stack order, then in template order; those whose condition is false are left out. */
  resources: ResolvedResource[];
  ofType(type: string): ResolvedResource[];
  /** Outputs of all stacks but those that only wire stacks together: stack name → output name → value. */
  outputs(): Record<string, Record<string, string>>;
  assets: AssemblySource['assets'];
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolveResources(source: AssemblySource['stacks'][number], scope: Scope): ResolvedResource[] {
  const present = Object.entries(source.template.Resources).filter(
    ([, resource]) => resource.Condition === undefined || scope.condition(resource.Condition),
  );
  return present.map(([logicalId, resource]) => {
    const where = `stack ${source.name}, resource ${logicalId} (${resource.Type})`;
    const own: Scope = { ...scope, where };
    return {
      stack: source.name,
      logicalId,
      type: resource.Type,
      dependsOn: resource.DependsOn,
      ref: () => String(scope.ref(logicalId)),
      attribute: name => String(scope.attribute(logicalId, name)),
      read(schema) {
        // Property by property and only those the schema names: the others may hold what has no local meaning.
        const wanted = schema instanceof z.ZodObject ? Object.keys(schema.shape) : Object.keys(resource.Properties);
        const picked: { [key: string]: Json } = {};
        for (const key of wanted) {
          const value = resource.Properties[key];
          if (value !== undefined) picked[key] = value;
        }
        const properties = evaluate(picked, own);
        const parsed = schema.safeParse(isObject(properties) ? properties : {});
        if (parsed.success) return parsed.data;
        throw new AssemblyError(`${where}: ${z.prettifyError(parsed.error)}`);
      },
    };
  });
}

/** Reads a cloud assembly and resolves it; throws AssemblyError when it is not one or cannot be resolved. */
export function resolveAssembly(directory: string): ResolvedAssembly {
  const { stacks, assets } = readAssemblySource(directory);
  const exports = new Map<string, () => Json | undefined>();
  const importValue = (name: string): Json => {
    const value = exports.get(name)?.();
    if (value === undefined) throw new AssemblyError(`no stack exports ${name}`);
    return value;
  };
  const scoped = stacks.map(source => ({ source, scope: stackScope(source, importValue) }));
  for (const { source, scope } of scoped) {
    for (const output of Object.values(source.template.Outputs)) {
      if (output.Export) exports.set(String(evaluate(output.Export.Name, scope)), () => evaluate(output.Value, scope));
    }
  }
  const resources = scoped.flatMap(({ source, scope }) => resolveResources(source, scope));
  return {
    stacks: stacks.map(stack => stack.name),
    resources,
    ofType: type => resources.filter(resource => resource.type === type),
    assets,
    outputs: () =>
      Object.fromEntries(
        scoped.map(({ source, scope }) => {
          // The CDK's own exports wire stacks together and may carry what has no local meaning.
          const present = Object.entries(source.template.Outputs).filter(
            ([name, output]) =>
              !name.startsWith('ExportsOutput') &&
              (output.Condition === undefined || scope.condition(output.Condition)),
          );
          return [
            source.name,
            Object.fromEntries(present.map(([name, output]) => [name, String(evaluate(output.Value, scope))])),
          ];
        }),
      ),
  };
}
