import * as z from 'zod';
import { partition, region } from '../../local/assembly/local-account.ts';
import type { ResolvedAssembly, ResolvedResource } from '../../local/assembly/resolved-assembly.ts';

/** Something that functions use: one resource, or several that are used alike. */
export interface Target {
  key: string;
  stack: string;
  label: string;
  arns: readonly string[];
  /** What a function is allowed that uses it; a key that no function may do this with only keeps other things encrypted. */
  action: RegExp;
  /** What others may do with it beside that. */
  also?: RegExp;
}

interface Kind {
  type: string;
  action: RegExp;
  also?: RegExp;
  label(resource: ResolvedResource): string;
}

const keySchema = z.object({ Description: z.string().default('') });

/** The kinds of resources that are drawn. Those of a kind with one label are one target. */
const kinds: readonly Kind[] = [
  { type: 'AWS::RDS::DBCluster', action: /^rds-data:/, label: () => 'Aurora, by the Data API' },
  {
    type: 'AWS::KMS::Key',
    action: /^kms:(Encrypt|GenerateMac|Sign|GetPublicKey)$/,
    also: /^kms:Decrypt$/,
    label: keyLabel,
  },
  { type: 'AWS::S3::Bucket', action: /^s3:/, label: ({ logicalId }) => `S3: ${words(logicalId, 'Bucket')}` },
  { type: 'AWS::SQS::Queue', action: /^sqs:SendMessage$/, label: ({ logicalId }) => `SQS: ${words(logicalId)}` },
  { type: 'AWS::SNS::Topic', action: /^sns:Publish$/, label: () => 'SNS: notifications' },
  { type: 'AWS::Cognito::UserPool', action: /^cognito-idp:/, label: () => 'Cognito user pool' },
];

/** `AuditArchiveBucketDB93AD31` → `audit archive`. */
function words(logicalId: string, ending = ''): string {
  const bare = logicalId.replace(/[0-9A-F]{8}$/, '').replace(new RegExp(`${ending}$`), '');
  return bare.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** `Encrypts the social security numbers of countinghouse prod` → `KMS: encrypts the social security numbers`. */
function keyLabel(key: ResolvedResource): string {
  const [about = ''] = key.read(keySchema).Description.split(' of countinghouse');
  return `KMS: ${about.charAt(0).toLowerCase()}${about.slice(1)}`;
}

/** Everything that functions may use, in the order of the stacks. */
export function readTargets(assembly: ResolvedAssembly): Target[] {
  const targets = new Map<string, Target>();
  for (const { type, label, ...allowed } of kinds) {
    for (const resource of assembly.ofType(type)) {
      const key = `${type} ${label(resource)}`;
      const arns = [...(targets.get(key)?.arns ?? []), arnOf(resource)];
      const stack = resource.stack.split('-').slice(2).join('-');
      targets.set(key, { key, stack, label: label(resource), arns, ...allowed });
    }
  }
  const mail = { key: 'ses', stack: 'messaging', label: 'SES: mail', arns: [`arn:${partition}:ses:${region}`] };
  return [...targets.values(), { ...mail, action: /^ses:SendEmail$/ }];
}

function arnOf(resource: ResolvedResource): string {
  if (resource.type === 'AWS::SNS::Topic') return resource.ref();
  return resource.attribute(resource.type === 'AWS::RDS::DBCluster' ? 'DBClusterArn' : 'Arn');
}
