import * as z from 'zod';
import { aliasArn, findAlias, findKey } from '../find-key.ts';
import type { KeyStore } from '../key-store.ts';
import { alreadyExists, invalidAliasName, notAuthorized, validation } from '../kms-error.ts';
import { aliasName, keyId, limit, marker } from '../members.ts';
import { operation } from '../operation.ts';
import { pageOf } from '../pages.ts';
import type { StoredAlias, StoredKey } from '../stored-key.ts';
import { refusePendingDeletion } from '../usable-key.ts';

function refuseName(name: string): void {
  if (!name.startsWith('alias/')) throw validation('Invalid identifier');
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name))
    throw invalidAliasName(`${name} contains invalid characters for an alias`);
  if (name.startsWith('alias/aws/')) throw notAuthorized('Names that begin with alias/aws/ belong to AWS.');
}

function findTarget(store: KeyStore, target: string): StoredKey {
  if (target.includes('alias/')) throw validation('Aliases must refer to keys. Not aliases');
  const key = findKey(store, target);
  refusePendingDeletion(key);
  return key;
}

export const createAlias = operation(
  z.object({ AliasName: aliasName, TargetKeyId: keyId }),
  ({ store, now }, { AliasName: name, TargetKeyId }) => {
    refuseName(name);
    const key = findTarget(store, TargetKeyId);
    if (store.alias(name)) throw alreadyExists(`An alias with the name ${aliasArn(name)} already exists`);
    store.putAlias({ name, keyId: key.id, createdAt: now(), updatedAt: now() });
    return {};
  },
);

/** Symmetric, HMAC or a key pair: an alias may not change from one to another. */
function typeOf({ spec }: StoredKey): string {
  if (spec === 'SYMMETRIC_DEFAULT') return spec;
  return spec.startsWith('HMAC') ? 'HMAC' : 'ASYMMETRIC';
}

export const updateAlias = operation(
  z.object({ AliasName: aliasName, TargetKeyId: keyId }),
  ({ store, now }, { AliasName, TargetKeyId }) => {
    refuseName(AliasName);
    const alias = findAlias(store, AliasName);
    const next = findTarget(store, TargetKeyId);
    const current = findKey(store, alias.keyId);
    if (typeOf(current) !== typeOf(next) || current.usage !== next.usage) {
      const kinds = `${current.spec} for ${current.usage} and ${next.spec} for ${next.usage}`;
      throw validation(`Aliases can only change between keys of the same type and key usage, not ${kinds}`);
    }
    store.putAlias({ ...alias, keyId: next.id, updatedAt: now() });
    return {};
  },
);

export const deleteAlias = operation(z.object({ AliasName: aliasName }), ({ store }, { AliasName }) => {
  refuseName(AliasName);
  store.removeAlias(findAlias(store, AliasName).name);
  return {};
});

function entryOf({ name, keyId: target, createdAt, updatedAt }: StoredAlias): object {
  return {
    AliasName: name,
    AliasArn: aliasArn(name),
    TargetKeyId: target,
    CreationDate: createdAt / 1000,
    LastUpdatedDate: updatedAt / 1000,
  };
}

export const listAliases = operation(
  z.object({ KeyId: keyId.optional(), Limit: limit, Marker: marker }),
  ({ store }, { KeyId, ...page }) => {
    const target = KeyId === undefined ? undefined : findKey(store, KeyId).id;
    const wanted = store.aliases().filter(alias => target === undefined || alias.keyId === target);
    const { items, more } = pageOf(wanted, alias => alias.name, page, 50);
    return { Aliases: items.map(entryOf), ...more };
  },
);
