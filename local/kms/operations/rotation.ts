import * as z from 'zod';
import { defaultRotationPeriodInDays } from '../apply-definitions.ts';
import { findManagedKey } from '../find-key.ts';
import type { KeyStore } from '../key-store.ts';
import { limitExceeded, unsupported } from '../kms-error.ts';
import { keyId } from '../members.ts';
import { operation } from '../operation.ts';
import { newMaterial, type StoredKey } from '../stored-key.ts';
import { refuseUnlessEnabled } from '../usable-key.ts';

const daySeconds = 24 * 60 * 60;
const onDemandLimit = 25;

/** Only symmetric encryption keys get new material. */
function findRotatable(store: KeyStore, id: string): StoredKey {
  const key = findManagedKey(store, id);
  refuseUnlessEnabled(key);
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw unsupported();
  return key;
}

export const enableKeyRotation = operation(
  z.object({ KeyId: keyId, RotationPeriodInDays: z.int().min(90).max(2560).optional() }),
  ({ store, now }, { KeyId, RotationPeriodInDays }) => {
    const key = findRotatable(store, KeyId);
    const periodInDays = RotationPeriodInDays ?? key.rotation?.periodInDays ?? defaultRotationPeriodInDays;
    store.putKey({ ...key, rotation: { periodInDays, since: key.rotation?.since ?? now() } });
    return {};
  },
);

/** A key that never rotates may be told so. */
export const disableKeyRotation = operation(z.object({ KeyId: keyId }), ({ store }, { KeyId }) => {
  const key = findManagedKey(store, KeyId);
  refuseUnlessEnabled(key);
  store.putKey({ ...key, rotation: undefined });
  return {};
});

export const getKeyRotationStatus = operation(z.object({ KeyId: keyId }), ({ store }, { KeyId }) => {
  const key = findManagedKey(store, KeyId);
  const { rotation } = key;
  // A key that is pending deletion is not rotated; the setting comes back when the deletion is cancelled.
  if (rotation === undefined || key.deletionAt !== undefined) return { KeyId: key.arn, KeyRotationEnabled: false };
  return {
    KeyId: key.arn,
    KeyRotationEnabled: true,
    RotationPeriodInDays: rotation.periodInDays,
    NextRotationDate: rotation.since / 1000 + rotation.periodInDays * daySeconds,
  };
});

export const rotateKeyOnDemand = operation(z.object({ KeyId: keyId }), async ({ store }, { KeyId }) => {
  const material = await newMaterial('SYMMETRIC_DEFAULT');
  const key = findRotatable(store, KeyId);
  if (key.onDemandRotations >= onDemandLimit) {
    throw limitExceeded(
      `${key.arn} has been rotated on demand ${onDemandLimit} times, which is the most there may be.`,
    );
  }
  const onDemandRotations = key.onDemandRotations + 1;
  store.putKey({ ...key, materials: [...key.materials, material], onDemandRotations });
  return { KeyId: key.arn };
});
