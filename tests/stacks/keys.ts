import * as z from 'zod';
import type { StackTemplate } from './synthesised-bank.ts';

const statement = z.object({
  Action: z.union([z.string().transform(action => [action]), z.array(z.string())]),
  Principal: z.union([z.object({ AWS: z.unknown() }), z.object({ Service: z.unknown() })]),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
const keyPolicy = z.object({ Statement: z.array(statement) });
const use = /^kms:(Encrypt|Decrypt|ReEncrypt|Generate|Verify|Sign|DeriveShared|GetPublicKey|CreateGrant|\*)/;

/** The key that an alias leads to, with the statements of its policy that let it be used. */
export function keyOf(stack: StackTemplate, alias: string) {
  const found = stack.all('AWS::KMS::Alias').find(({ Properties }) => Properties.AliasName === `alias/${alias}`);
  const target = z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) })
    .parse(found?.Properties.TargetKeyId);
  const id = target['Fn::GetAtt'][0];
  const key = stack.named('AWS::KMS::Key')[id];
  if (!key) {
    throw new Error(`alias ${alias} leads nowhere`);
  }
  const statements = keyPolicy.parse(key.Properties.KeyPolicy).Statement;
  const using = statements.filter(({ Action }) => Action.some(action => use.test(action)));
  return { ...key, id, statements, using };
}

/** Who may use a key, for what, by its own policy: action → the ends of the roles' names, or whom IAM lets. */
export function usersOf({ using }: ReturnType<typeof keyOf>): Record<string, string[]> {
  return Object.fromEntries(
    using.flatMap(({ Action, Condition }) => {
      const roles = z.array(z.unknown()).optional().parse(Condition.ArnEquals?.['aws:PrincipalArn']);
      const names = roles?.map(
        role => /:role\/countinghouse-\w+-([\w-]+)-"/.exec(JSON.stringify(role))?.[1] ?? 'anybody',
      );
      return Action.map(action => [action, names ?? ['whom IAM lets']]);
    }),
  );
}
