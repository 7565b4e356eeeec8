import { AssemblyError } from './assembly-error.ts';
import { evaluate, type Scope } from './intrinsics.ts';
import { account, arn, partition, region, urlSuffix } from './local-account.ts';
import type { StackSource } from './manifest.ts';
import { stableUuid } from './physical-id.ts';
import { type NamedResource, resourceTypes } from './resource-types.ts';
import type { Json } from './template.ts';

/** The version of the CDK's bootstrap stack that an environment is taken to have; synthesised rules ask for 6 or more. */
const bootstrapVersion = '30';

function pseudoParameters(stack: string): Map<string, Json | undefined> {
  return new Map<string, Json | undefined>([
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', partition],
    ['AWS::URLSuffix', urlSuffix],
    ['AWS::StackName', stack],
    ['AWS::StackId', arn('cloudformation', `stack/${stack}/${stableUuid(stack)}`)],
    ['AWS::NotificationARNs', []],
    ['AWS::NoValue', undefined],
  ]);
}

function parameterValue(where: string, name: string, parameter: { Type: string; Default?: Json | undefined }): Json {
  if (parameter.Type.startsWith('AWS::SSM::Parameter::Value')) {
    if (name === 'BootstrapVersion') return bootstrapVersion;
    throw new AssemblyError(`${where}: parameter ${name} reads an SSM parameter, and the local cloud has none`);
  }
  if (parameter.Default === undefined) throw new AssemblyError(`${where}: parameter ${name} has no default`);
  return parameter.Default;
}

/**
 * The lookups of one stack's template. Resources are resolved when asked for and not before, so that a part of the
 * template that has no local meaning never stands in the way.
 */
export function stackScope({ name: stack, template }: StackSource, importValue: Scope['importValue']): Scope {
  const where = `stack ${stack}`;
  const pseudo = pseudoParameters(stack);
  const conditions = new Map<string, boolean>();

  function describe(logicalId: string): { named: NamedResource; type: string } {
    const resource = template.Resources[logicalId];
    if (!resource) throw new AssemblyError(`${where}: there is no parameter or resource ${logicalId}`);
    const property = (name: string) => {
      const template = resource.Properties[name];
      const value = template === undefined ? undefined : evaluate(template, scope);
      return value === undefined ? undefined : String(value);
    };
    return { named: { stack, logicalId, property }, type: resource.Type };
  }

  const scope: Scope = {
    where,
    importValue,
    ref(name) {
      if (pseudo.has(name)) return pseudo.get(name);
      const parameter = template.Parameters[name];
      if (parameter) return parameterValue(where, name, parameter);
      const { named, type } = describe(name);
      const known = resourceTypes[type];
      if (!known) throw new AssemblyError(`${where}: the local cloud does not know what Ref of ${name} (${type}) is`);
      return known.ref(named);
    },
    attribute(logicalId, attribute) {
      const { named, type } = describe(logicalId);
      const known = resourceTypes[type]?.attributes[attribute];
      if (known) return known(named);
      throw new AssemblyError(
        `${where}: the local cloud does not know attribute ${attribute} of ${logicalId} (${type})`,
      );
    },
    condition(name) {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      const expression = template.Conditions[name];
      if (expression === undefined) throw new AssemblyError(`${where}: there is no condition ${name}`);
      const value = evaluate(expression, scope) === true;
      conditions.set(name, value);
      return value;
    },
    mapping: (map, top, second) => template.Mappings[map]?.[top]?.[second],
  };
  return scope;
}
