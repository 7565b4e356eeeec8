import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { generateMaterial, type KeySpec, keySpecs, keyUsages } from './key-specs.ts';

const materialSchema = z.object({
  /** 64 hexadecimal digits. */
  id: z.string(),
  /** Base64 of what `generateMaterial` gave. */
  secret: z.string(),
});

/** A key as it is kept. Times are milliseconds since 1970. */
export const storedKeySchema = z.object({
  id: z.string(),
  arn: z.string(),
  spec: z.enum(keySpecs),
  usage: z.enum(keyUsages),
  description: z.string(),
  enabled: z.boolean(),
  createdAt: z.number(),
  /** While it is pending deletion: when it will be gone. */
  deletionAt: z.number().optional(),
  /** While automatic rotation is on. */
  rotation: z.object({ periodInDays: z.number(), since: z.number() }).optional(),
  onDemandRotations: z.number(),
  /** Newest last; the older ones only decrypt. */
  materials: z.array(materialSchema).min(1),
  tags: z.record(z.string(), z.string()),
  policy: z.string(),
  /** The template's settings when they were last applied. */
  defined: z.string().optional(),
});

export const storedAliasSchema = z.object({
  /** With `alias/`. */
  name: z.string(),
  keyId: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** The template's target when it was last applied. */
  defined: z.string().optional(),
});

export type KeyMaterial = z.output<typeof materialSchema>;
export type StoredKey = z.output<typeof storedKeySchema>;
export type StoredAlias = z.output<typeof storedAliasSchema>;

/** Makes material with an id that tells it from every other. */
export async function newMaterial(spec: KeySpec): Promise<KeyMaterial> {
  const secret = await generateMaterial(spec);
  return { id: randomBytes(32).toString('hex'), secret: secret.toString('base64') };
}

/** The material that new work is done with. */
export function currentMaterial(key: StoredKey): KeyMaterial {
  const newest = key.materials.at(-1);
  if (newest === undefined) throw new Error(`${key.arn} has no material`);
  return newest;
}

/** The bytes of the material that new work is done with. */
export function currentSecret(key: StoredKey): Buffer {
  return Buffer.from(currentMaterial(key).secret, 'base64');
}
