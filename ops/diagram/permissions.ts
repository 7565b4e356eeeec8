import * as z from 'zod';
import type { ResolvedAssembly } from '../../local/assembly/resolved-assembly.ts';

/** What a statement of a policy allows. */
export interface Permission {
  actions: readonly string[];
  /** ARNs. */
  resources: readonly string[];
}

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform(value => [value].flat());
const policySchema = z.object({
  Roles: z.array(z.string()).default([]),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({ Effect: z.string(), Action: oneOrMore.default([]), Resource: oneOrMore.default([]) }),
    ),
  }),
});
const functionSchema = z.object({ Role: z.string() });

/** What each function's role is allowed, by the function's ARN. */
export function readPermissions(assembly: ResolvedAssembly): Map<string, Permission[]> {
  const byRole = new Map<string, Permission[]>();
  for (const policy of assembly.ofType('AWS::IAM::Policy')) {
    const { Roles, PolicyDocument } = policy.read(policySchema);
    const allowed = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
    const permissions = allowed.map(({ Action, Resource }) => ({ actions: Action, resources: Resource }));
    for (const role of Roles) byRole.set(role, [...(byRole.get(role) ?? []), ...permissions]);
  }
  return new Map(
    assembly.ofType('AWS::Lambda::Function').map(each => {
      const role = each.read(functionSchema).Role;
      return [each.attribute('Arn'), byRole.get(role.slice(role.lastIndexOf('/') + 1)) ?? []];
    }),
  );
}
