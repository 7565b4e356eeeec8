import * as z from 'zod';
import { findManagedKey } from '../find-key.ts';
import { tagProblem } from '../kms-error.ts';
import { keyId, limit, marker, tags } from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../pages.ts';
import { refusePendingDeletion } from '../usable-key.ts';

const maxTags = 50;

export const tagResource = operation(z.object({ KeyId: keyId, Tags: tags }), ({ store }, { KeyId, Tags }) => {
  const key = findManagedKey(store, KeyId);
  refusePendingDeletion(key);
  if (Object.keys(Tags).some(name => name.startsWith('aws:'))) {
    throw tagProblem('aws: prefixed tag key names are not allowed for external use.');
  }
  const together = { ...key.tags, ...Tags };
  if (Object.keys(together).length > maxTags) throw tagProblem('Too many tags');
  store.putKey({ ...key, tags: together });
  return {};
});

export const untagResource = operation(
  z.object({ KeyId: keyId, TagKeys: z.array(z.string().min(1).max(128)) }),
  ({ store }, { KeyId, TagKeys }) => {
    const key = findManagedKey(store, KeyId);
    refusePendingDeletion(key);
    const kept = Object.entries(key.tags).filter(([name]) => !TagKeys.includes(name));
    store.putKey({ ...key, tags: Object.fromEntries(kept) });
    return {};
  },
);

export const listResourceTags = operation(
  z.object({ KeyId: keyId, Limit: limit, Marker: marker }),
  ({ store }, { KeyId, ...page }) => {
    const { items, more } = pageOf(Object.entries(findManagedKey(store, KeyId).tags), ([name]) => name, page, 50);
    return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...more };
  },
);
