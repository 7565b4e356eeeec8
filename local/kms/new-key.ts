import { account, partition } from '../assembly/local-account.ts';
import type { KeySpec, KeyUsage } from './key-specs.ts';
import { newMaterial, type StoredKey } from './stored-key.ts';

/** The policy of a key made without one: the account's administrators decide by IAM. */
const defaultPolicy = JSON.stringify({
  Version: '2012-10-17',
  Id: 'key-default-1',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

interface NewKey {
  id: string;
  arn: string;
  spec: KeySpec;
  usage: KeyUsage;
  description: string;
  enabled?: boolean;
  tags?: Record<string, string>;
  policy?: string | undefined;
}

/** A key with fresh material, not yet kept. `now` is in milliseconds since 1970. */
export async function newKey({ tags = {}, policy, enabled = true, ...key }: NewKey, now: number): Promise<StoredKey> {
  return {
    ...key,
    enabled,
    createdAt: now,
    onDemandRotations: 0,
    materials: [await newMaterial(key.spec)],
    tags,
    policy: policy ?? defaultPolicy,
  };
}
