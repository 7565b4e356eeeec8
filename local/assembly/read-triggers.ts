import * as z from 'zod';
import { functionNameOf } from './read-functions.ts';
import type { ResolvedAssembly, ResolvedResource } from './resolved-assembly.ts';

const triggerSchema = z.object({
  HandlerArn: z.string(),
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
});

/** A function that runs once at each deployment. */
export interface AssemblyTrigger {
  stack: string;
  logicalId: string;
  functionName: string;
  invocationType: 'RequestResponse' | 'Event' | 'DryRun';
}

function dependenciesFirst(resources: ResolvedResource[]): ResolvedResource[] {
  const byId = new Map(resources.map(resource => [`${resource.stack}/${resource.logicalId}`, resource]));
  const ordered = new Set<ResolvedResource>();
  const visited = new Set<ResolvedResource>();
  const visit = (resource: ResolvedResource | undefined) => {
    if (!resource || visited.has(resource)) return;
    visited.add(resource);
    for (const needed of resource.dependsOn) visit(byId.get(`${resource.stack}/${needed}`));
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource);
  return [...ordered];
}

/** The CDK's `Trigger`s, in the order in which a deployment runs them: stack by stack, each after what it depends on. */
export function readTriggers(assembly: ResolvedAssembly): AssemblyTrigger[] {
  return dependenciesFirst(assembly.resources)
    .filter(resource => resource.type === 'Custom::Trigger')
    .map(resource => {
      const { HandlerArn, InvocationType } = resource.read(triggerSchema);
      const { stack, logicalId } = resource;
      return { stack, logicalId, functionName: functionNameOf(HandlerArn), invocationType: InvocationType };
    });
}
