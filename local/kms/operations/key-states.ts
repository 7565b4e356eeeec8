import * as z from 'zod';
import { findManagedKey } from '../find-key.ts';
import { keyState } from '../key-metadata.ts';
import { invalidState } from '../kms-error.ts';
import { keyId } from '../members.ts';
import { type Operation, operation } from '../operation.ts';
import { refusePendingDeletion } from '../usable-key.ts';

const dayMs = 24 * 60 * 60 * 1000;

function setEnabled(enabled: boolean): Operation {
  return operation(z.object({ KeyId: keyId }), ({ store }, { KeyId }) => {
    const key = findManagedKey(store, KeyId);
    refusePendingDeletion(key);
    store.putKey({ ...key, enabled });
    return {};
  });
}

export const enableKey = setEnabled(true);
export const disableKey = setEnabled(false);

export const scheduleKeyDeletion = operation(
  z.object({ KeyId: keyId, PendingWindowInDays: z.int().min(7).max(30).default(30) }),
  ({ store, now }, { KeyId, PendingWindowInDays }) => {
    const key = findManagedKey(store, KeyId);
    refusePendingDeletion(key);
    const deletionAt = now() + PendingWindowInDays * dayMs;
    const pending = { ...key, deletionAt };
    store.putKey(pending);
    return { KeyId: key.arn, DeletionDate: deletionAt / 1000, KeyState: keyState(pending), PendingWindowInDays };
  },
);

/** The key is then disabled, whatever it was before. */
export const cancelKeyDeletion = operation(z.object({ KeyId: keyId }), ({ store }, { KeyId }) => {
  const key = findManagedKey(store, KeyId);
  if (key.deletionAt === undefined) throw invalidState(`${key.arn} is not pending deletion.`);
  store.putKey({ ...key, deletionAt: undefined, enabled: false });
  return { KeyId: key.arn };
});
