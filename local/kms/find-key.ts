import { arn, region } from '../assembly/local-account.ts';
import type { KeyStore } from './key-store.ts';
import { invalidArn, notFound } from './kms-error.ts';
import type { StoredAlias, StoredKey } from './stored-key.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const keyArn = (id: string) => arn('kms', `key/${id}`);
export const aliasArn = (name: string) => arn('kms', name);

/** `key/…` or `alias/…` of an ARN in this account and region. */
function resourceOf(identifier: string): string {
  const [, , service, place, , ...rest] = identifier.split(':');
  const resource = rest.join(':');
  if (service !== 'kms' || resource === '') throw invalidArn(`Invalid arn ${identifier}`);
  if (place !== region) throw notFound(`Invalid arn ${place}`);
  // An account that is not ours has no key that we may name.
  if (arn('kms', resource) !== identifier) throw notFound(`Key '${identifier}' does not exist`);
  return resource;
}

/** The alias of this name; throws NotFoundException. */
export function findAlias(store: KeyStore, name: string): StoredAlias {
  const alias = store.alias(name);
  if (alias === undefined) throw notFound(`Alias ${aliasArn(name)} is not found.`);
  return alias;
}

/**
 * The key with this id, key ARN, alias name or alias ARN; throws NotFoundException, or InvalidArnException for an ARN
 * of another service (https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html).
 */
export function findKey(store: KeyStore, identifier: string): StoredKey {
  const byArn = identifier.startsWith('arn:');
  const resource = byArn ? resourceOf(identifier) : identifier;
  if (resource.startsWith('alias/')) return findKey(store, findAlias(store, resource).keyId);
  const id = byArn ? resource.replace(/^key\//, '') : resource;
  if (!uuid.test(id)) throw notFound(`Invalid keyId ${byArn ? id : `'${id}'`}`);
  const key = store.key(id);
  if (key === undefined) throw notFound(`Key '${keyArn(id)}' does not exist`);
  return key;
}

/** As `findKey` for the operations that manage a key: those refuse to know it by an alias. */
export function findManagedKey(store: KeyStore, identifier: string): StoredKey {
  if (identifier.startsWith('alias/') || identifier.includes(':alias/')) {
    throw invalidArn('Key Aliases are not supported for this operation.');
  }
  return findKey(store, identifier);
}
