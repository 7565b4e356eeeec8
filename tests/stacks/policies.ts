import * as z from 'zod';
import type { StackTemplate } from './synthesised-bank.ts';

const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (Array.isArray(value) ? value : [value]), z.array(schema));
const statement = z.object({
  Effect: z.string(),
  Action: oneOrMany(z.string()),
  Resource: oneOrMany(z.unknown()),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
export type Statement = z.infer<typeof statement>;
const document = z.object({ Statement: z.array(statement) });
/** What may say who may do what: policies, roles with policies inside, and the policies of keys and secrets. */
const grants = z.object({
  PolicyDocument: document.optional(),
  Policies: z.array(z.object({ PolicyDocument: document })).default([]),
  KeyPolicy: document.optional(),
  ResourcePolicy: document.optional(),
});
const types = [
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::S3::BucketPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

/** The statements of a resource's policies. */
export function statementsOf(properties: Record<string, unknown>): Statement[] {
  const { PolicyDocument, Policies, KeyPolicy, ResourcePolicy } = grants.parse(properties);
  const inline = Policies.map(policy => policy.PolicyDocument);
  return [PolicyDocument, KeyPolicy, ResourcePolicy, ...inline].flatMap(found => found?.Statement ?? []);
}

/** Every statement of every policy in some stacks, with the type and the logical id of where it stands. */
export function statementsIn(stacks: readonly StackTemplate[]): { where: string; statement: Statement }[] {
  return types.flatMap(type =>
    stacks
      .flatMap(stack => Object.entries(stack.named(type)))
      .flatMap(([id, { Properties }]) =>
        statementsOf(Properties).map(found => ({ where: `${type} ${id}`, statement: found })),
      ),
  );
}

/** What the roles may do whose names begin so, but not by the roles' own inline policies: each action with its resources, as JSON. */
export function powersOf(stack: StackTemplate, name: string): Record<string, string[]> {
  const powers: Record<string, string[]> = {};
  for (const [id, { Properties }] of Object.entries(stack.named('AWS::IAM::Policy'))) {
    for (const { Action, Resource } of id.startsWith(name) ? statementsOf(Properties) : []) {
      for (const action of Action) {
        powers[action] = [...(powers[action] ?? []), ...Resource.map(resource => JSON.stringify(resource))];
      }
    }
  }
  return powers;
}
