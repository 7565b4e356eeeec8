import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { keyArn } from '../find-key.ts';
import { keyMetadata } from '../key-metadata.ts';
import { algorithmsOf, keySpecs, keyUsages } from '../key-specs.ts';
import { unsupported, validation } from '../kms-error.ts';
import { description, keySpec, keyUsage, policy, tags } from '../members.ts';
import { newKey } from '../new-key.ts';
import { operation } from '../operation.ts';

const input = z.object({
  KeySpec: keySpec.optional(),
  CustomerMasterKeySpec: keySpec.optional(),
  KeyUsage: keyUsage.optional(),
  Description: description.default(''),
  Policy: policy.optional(),
  Tags: tags.default({}),
  Origin: z.enum(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']).default('AWS_KMS'),
  MultiRegion: z.boolean().default(false),
});

/** Of the specs and usages AWS knows, those that are served, and only in the pairs AWS allows. */
function servedKind(asked: z.output<typeof input>) {
  const wantedSpec = asked.KeySpec ?? asked.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  if (asked.KeyUsage === undefined && wantedSpec !== 'SYMMETRIC_DEFAULT') {
    throw validation('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.');
  }
  const wantedUsage = asked.KeyUsage ?? 'ENCRYPT_DECRYPT';
  const spec = keySpecs.find(served => served === wantedSpec);
  const usage = keyUsages.find(served => served === wantedUsage);
  if (spec === undefined) throw unsupported(`KeySpec ${wantedSpec} is not served here`);
  if (usage === undefined) throw unsupported(`KeyUsage ${wantedUsage} is not served here`);
  if (algorithmsOf(spec, usage) === undefined) {
    throw validation(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
  return { spec, usage };
}

export const createKey = operation(input, async ({ store, now }, asked) => {
  const kind = servedKind(asked);
  if (asked.Origin !== 'AWS_KMS') throw unsupported(`Keys of origin ${asked.Origin} are not served here`);
  if (asked.MultiRegion) throw unsupported('Multi-Region keys are not served here');
  const id = randomUUID();
  const { Description, Tags, Policy } = asked;
  const named = { id, arn: keyArn(id), description: Description };
  const key = await newKey({ ...named, ...kind, tags: Tags, policy: Policy }, now());
  store.putKey(key);
  return { KeyMetadata: keyMetadata(key) };
});
