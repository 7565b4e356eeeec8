import * as z from 'zod';
import { findKey, findManagedKey } from '../find-key.ts';
import { keyMetadata } from '../key-metadata.ts';
import { notFound } from '../kms-error.ts';
import { description, keyId, limit, marker } from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../pages.ts';
import { refusePendingDeletion } from '../usable-key.ts';

export const describeKey = operation(z.object({ KeyId: keyId }), ({ store }, { KeyId }) => ({
  KeyMetadata: keyMetadata(findKey(store, KeyId)),
}));

export const listKeys = operation(z.object({ Limit: limit, Marker: marker }), ({ store }, page) => {
  const { items, more } = pageOf(store.keys(), key => key.id, page, 100);
  return { Keys: items.map(key => ({ KeyId: key.id, KeyArn: key.arn })), ...more };
});

export const updateKeyDescription = operation(
  z.object({ KeyId: keyId, Description: description }),
  ({ store }, { KeyId, Description }) => {
    const key = findManagedKey(store, KeyId);
    refusePendingDeletion(key);
    store.putKey({ ...key, description: Description });
    return {};
  },
);

export const getKeyPolicy = operation(
  z.object({ KeyId: keyId, PolicyName: z.string().min(1).max(128).default('default') }),
  ({ store }, { KeyId, PolicyName }) => {
    const key = findManagedKey(store, KeyId);
    if (PolicyName !== 'default') throw notFound(`No such policy exists`);
    return { Policy: key.policy, PolicyName };
  },
);
