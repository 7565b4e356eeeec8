import { AssemblyError } from './assembly-error.ts';
import { availabilityZones } from './local-account.ts';
import type { Json } from './template.ts';

/** What a template's functions look up: the template itself, its parameters, and the exports of other stacks. */
export interface Scope {
  /** Names the place in error messages, such as `stack bank-data, resource Cluster`. */
  where: string;
  /** The value of `Ref`; undefined is `AWS::NoValue`. */
  ref(name: string): Json | undefined;
  attribute(logicalId: string, attribute: string): Json;
  importValue(name: string): Json;
  condition(name: string): boolean;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): Json | undefined;
}

type IntrinsicFunction = (argument: Json, scope: Scope) => Json | undefined;

function text(value: Json | undefined, scope: Scope, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new AssemblyError(`${scope.where}: ${what} needs a string, and got ${JSON.stringify(value)}`);
}

function list(value: Json | undefined, scope: Scope, what: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new AssemblyError(`${scope.where}: ${what} needs a list, and got ${JSON.stringify(value)}`);
}

const evaluatedList = (argument: Json, scope: Scope, what: string) => list(evaluate(argument, scope), scope, what);

function join(argument: Json, scope: Scope): Json {
  const [delimiter, values] = evaluatedList(argument, scope, 'Fn::Join');
  return list(values, scope, 'Fn::Join')
    .map(value => text(value, scope, 'Fn::Join'))
    .join(text(delimiter, scope, 'Fn::Join'));
}

function select(argument: Json, scope: Scope): Json {
  const [index, values] = evaluatedList(argument, scope, 'Fn::Select');
  const chosen = list(values, scope, 'Fn::Select')[Number(index)];
  if (chosen === undefined) throw new AssemblyError(`${scope.where}: Fn::Select has no item ${JSON.stringify(index)}`);
  return chosen;
}

function split(argument: Json, scope: Scope): Json {
  const [delimiter, value] = evaluatedList(argument, scope, 'Fn::Split');
  return text(value, scope, 'Fn::Split').split(text(delimiter, scope, 'Fn::Split'));
}

function lookUp(path: string, scope: Scope): Json | undefined {
  const dot = path.indexOf('.');
  return dot < 0 ? scope.ref(path) : scope.attribute(path.slice(0, dot), path.slice(dot + 1));
}

function substitute(argument: Json, scope: Scope): Json {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = new Map(Object.entries(variables ?? {}));
  return text(template, scope, 'Fn::Sub').replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const variable = own.get(name.trim());
    const value = variable === undefined ? lookUp(name.trim(), scope) : evaluate(variable, scope);
    return text(value, scope, 'Fn::Sub');
  });
}

function attribute(argument: Json, scope: Scope): Json {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return scope.attribute(argument.slice(0, dot), argument.slice(dot + 1));
  }
  const [logicalId, name] = list(argument, scope, 'Fn::GetAtt');
  return scope.attribute(
    text(logicalId, scope, 'Fn::GetAtt'),
    text(evaluate(name ?? null, scope), scope, 'Fn::GetAtt'),
  );
}

function findInMap(argument: Json, scope: Scope): Json {
  const [map, top, second, options] = evaluatedList(argument, scope, 'Fn::FindInMap');
  const [mapName = '', topKey = '', secondKey = ''] = [map, top, second].map(key => text(key, scope, 'Fn::FindInMap'));
  const found = scope.mapping(mapName, topKey, secondKey);
  if (found !== undefined) return found;
  if (isObject(options) && options.DefaultValue !== undefined) return options.DefaultValue;
  throw new AssemblyError(`${scope.where}: Fn::FindInMap finds nothing at ${mapName}.${topKey}.${secondKey}`);
}

function choose(argument: Json, scope: Scope): Json | undefined {
  const [condition, whenTrue, whenFalse] = list(argument, scope, 'Fn::If');
  const chosen = scope.condition(text(condition, scope, 'Fn::If')) ? whenTrue : whenFalse;
  return evaluate(chosen ?? null, scope);
}

function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

const functions: Record<string, IntrinsicFunction> = {
  Ref: (argument, scope) => scope.ref(text(argument, scope, 'Ref')),
  Condition: (argument, scope) => scope.condition(text(argument, scope, 'Condition')),
  'Fn::GetAtt': attribute,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::ImportValue': (argument, scope) => scope.importValue(text(evaluate(argument, scope), scope, 'Fn::ImportValue')),
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (argument, scope) =>
    Buffer.from(text(evaluate(argument, scope), scope, 'Fn::Base64')).toString('base64'),
  'Fn::GetAZs': () => availabilityZones,
  'Fn::If': choose,
  'Fn::Equals': (argument, scope) => {
    const [left, right] = evaluatedList(argument, scope, 'Fn::Equals');
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (argument, scope) => evaluatedList(argument, scope, 'Fn::And').every(isTrue),
  'Fn::Or': (argument, scope) => evaluatedList(argument, scope, 'Fn::Or').some(isTrue),
  'Fn::Not': (argument, scope) => !isTrue(evaluatedList(argument, scope, 'Fn::Not')[0]),
};

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Replaces every intrinsic function in a template value by what it stands for
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
 * Returns undefined for `AWS::NoValue`, which takes its property or list item with it. Dynamic references
 * (`{{resolve:…}}`) stay as they are. Throws AssemblyError, naming the place, for what cannot be resolved.
 */
export function evaluate(value: Json, scope: Scope): Json | undefined {
  if (Array.isArray(value)) {
    return value.map(item => evaluate(item, scope)).filter(item => item !== undefined);
  }
  if (!isObject(value)) return value;
  const [only, ...others] = Object.entries(value);
  if (only && others.length === 0) {
    const [name, argument] = only;
    const intrinsic = functions[name];
    // A property may itself be called `Condition` (IAM statements have one); the function's argument is a string.
    const isProperty = name === 'Condition' && typeof argument !== 'string';
    if (intrinsic && !isProperty) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new AssemblyError(`${scope.where}: ${name} is not known to the local cloud`);
  }
  const resolved: { [key: string]: Json } = {};
  for (const [key, item] of Object.entries(value)) {
    const itemValue = evaluate(item, scope);
    if (itemValue !== undefined) resolved[key] = itemValue;
  }
  return resolved;
}
