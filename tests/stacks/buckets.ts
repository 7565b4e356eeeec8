import { statementsOf } from './policies.ts';
import type { StackTemplate } from './synthesised-bank.ts';

/** The bucket whose logical id begins so, with the statements of its policy. */
export function bucketOf(stack: StackTemplate, start: string) {
  const [id = '', bucket] =
    Object.entries(stack.named('AWS::S3::Bucket')).find(([name]) => name.startsWith(start)) ?? [];
  const policy = stack
    .all('AWS::S3::BucketPolicy')
    .find(({ Properties }) => JSON.stringify(Properties.Bucket) === JSON.stringify({ Ref: id }));
  if (!bucket || !policy) {
    throw new Error(`There is no bucket ${start}… with a policy`);
  }
  return { ...bucket, id, statements: statementsOf(policy.Properties) };
}
