import type { KmsAliasDefinition, KmsKeyDefinition } from './key-definition.ts';
import { algorithmsOf } from './key-specs.ts';
import type { KeyStore } from './key-store.ts';
import { newKey } from './new-key.ts';
import type { StoredKey } from './stored-key.ts';

export const defaultRotationPeriodInDays = 365;

function settingsOf(
  definition: KmsKeyDefinition,
  now: number,
): Pick<StoredKey, 'enabled' | 'description' | 'rotation'> {
  const periodInDays = definition.rotationPeriodInDays ?? defaultRotationPeriodInDays;
  return {
    enabled: definition.enabled,
    description: definition.description,
    rotation: definition.rotation ? { periodInDays, since: now } : undefined,
  };
}

async function applyKey(store: KeyStore, definition: KmsKeyDefinition, now: number): Promise<void> {
  const { id, arn, spec, usage, description } = definition;
  const known = store.key(id);
  if (known && (known.spec !== spec || known.usage !== usage)) {
    const kept = `${known.spec} for ${known.usage}`;
    throw new Error(`The kept key ${id} is ${kept} and cannot become ${spec} for ${usage}: give it a new logical id`);
  }
  if (!known && algorithmsOf(spec, usage) === undefined) {
    throw new Error(`The key ${id} cannot be ${spec} for ${usage}: AWS has no such key`);
  }
  const defined = JSON.stringify(definition);
  if (known?.defined === defined) return;
  const key = known ?? (await newKey({ id, arn, spec, usage, description }, now));
  store.putKey({ ...key, ...settingsOf(definition, now), defined });
}

function applyAlias(store: KeyStore, { name, keyId }: KmsAliasDefinition, now: number): void {
  const known = store.alias(name);
  if (known?.defined === keyId) return;
  store.putAlias({ name, keyId, createdAt: known?.createdAt ?? now, updatedAt: now, defined: keyId });
}

/**
 * Makes the keys and aliases of a template that are new, and applies settings that have changed in it, as a deployment
 * does. What requests changed in between stays as long as the template does not change.
 */
export async function applyDefinitions(
  store: KeyStore,
  keys: KmsKeyDefinition[],
  aliases: KmsAliasDefinition[],
  now: number,
): Promise<void> {
  for (const definition of keys) await applyKey(store, definition, now);
  for (const definition of aliases) applyAlias(store, definition, now);
}
