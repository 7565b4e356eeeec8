import * as z from 'zod';
import { type CloudAssembly, readAssembly } from '../../local/assembly/assembly.ts';
import { resolveAssembly } from '../../local/assembly/resolved-assembly.ts';
import { type Permission, readPermissions } from './permissions.ts';
import { readTargets, type Target } from './targets.ts';

/** A function, with what starts it and what it may use. */
export interface DrawnFunction {
  /** The part of the stack's name that follows the stage. */
  stack: string;
  name: string;
  /** In words, the first one the most frequent. */
  startedBy: readonly string[];
  /** Keys of targets. */
  uses: readonly string[];
}

/** A stage as it is drawn, all of it read from its templates. */
export interface Architecture {
  stage: string;
  functions: readonly DrawnFunction[];
  /** Those that some function uses, in the order of their stacks. */
  targets: readonly Target[];
  routes: { all: number; open: number };
  schedules: number;
  timeZone: string;
  alarms: number;
}

/** RDS has a rotation of its own for the owner's password. */
const rotationSchema = z.object({ RotationLambdaARN: z.string().optional() });

/** Reads a synthesised stage. */
export function readArchitecture(folder: string): Architecture {
  const assembly = readAssembly(folder);
  const resolved = resolveAssembly(folder);
  const permissions = readPermissions(resolved);
  const targets = readTargets(resolved).filter(target =>
    [...permissions.values()].some(allowed => mayUse(allowed, target, target.action)),
  );
  const starts = startsOf(assembly);
  for (const rotation of resolved.ofType('AWS::SecretsManager::RotationSchedule')) {
    const { RotationLambdaARN } = rotation.read(rotationSchema);
    if (RotationLambdaARN !== undefined) starts.set(functionNameOf(RotationLambdaARN), ['the age of a login']);
  }
  const functions = assembly.functions
    .filter(({ logicalId }) => !logicalId.startsWith('AWSCDK') && !logicalId.startsWith('CustomS3'))
    .map(({ stack, logicalId, name, arn }) => ({
      stack: partOf(stack),
      name: logicalId.replace(/(Function)?[0-9A-F]{8}$/, ''),
      startedBy: starts.get(name) ?? ['by hand'],
      uses: targets.filter(target => uses(permissions.get(arn) ?? [], target)).map(({ key }) => key),
    }));
  const routes = assembly.httpApis.flatMap(api => api.routes);
  return {
    stage: (assembly.stacks[0] ?? '').split('-')[1] ?? '',
    functions,
    targets,
    routes: { all: routes.length, open: routes.filter(route => route.authorizer === undefined).length },
    schedules: assembly.schedules.length,
    timeZone: assembly.schedules[0]?.timezone ?? '',
    alarms: resolved.ofType('AWS::CloudWatch::Alarm').length,
  };
}

/** `countinghouse-prod-api` → `api`. */
function partOf(stack: string): string {
  return stack.split('-').slice(2).join('-');
}

function uses(permissions: readonly Permission[], target: Target): boolean {
  const { action, also } = target;
  return mayUse(permissions, target, action) || (also !== undefined && mayUse(permissions, target, also));
}

function mayUse(permissions: readonly Permission[], { arns }: Target, action: RegExp): boolean {
  return permissions.some(
    permission =>
      permission.resources.some(resource => arns.some(arn => resource === arn || resource.startsWith(`${arn}/`))) &&
      permission.actions.some(allowed => action.test(allowed)),
  );
}

/** What starts each function, by its name. */
function startsOf({ httpApis, eventSources, schedules, triggers, userPools }: CloudAssembly): Map<string, string[]> {
  const starts = new Map<string, string[]>();
  const add = (name: string, how: string) => starts.set(name, [...(starts.get(name) ?? []), how]);
  const routed = Map.groupBy(
    httpApis.flatMap(api => api.routes),
    route => route.functionName,
  );
  for (const [name, routes] of routed) add(name, routes.length === 1 ? '1 route' : `${routes.length} routes`);
  for (const { queueArn, functionName, batchSize } of eventSources) {
    add(functionName, `${queueName(queueArn)}, ${batchSize} at a time`);
  }
  for (const { target, expression } of schedules) add(functionNameOf(target.functionArn), expression);
  for (const { functionName } of triggers) add(functionName, 'each deploy');
  for (const { postConfirmation } of userPools) {
    if (postConfirmation !== undefined) add(postConfirmation, 'a user who signed up');
  }
  return starts;
}

/** An ARN may end in an alias. */
function functionNameOf(functionArn: string): string {
  return functionArn.split(':')[6] ?? '';
}

/** CloudFormation's names begin with the stack's and the logical id's. */
function queueName(queueArn: string): string {
  return queueArn.includes('Work') ? 'work queue' : 'event queue';
}
