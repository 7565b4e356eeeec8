import * as z from 'zod';
import { readEnvironment } from './environment.ts';

const version = z.coerce.number().int().min(1);

/** The keys of the social security numbers, as a function's environment names them. */
interface VaultKeysOfEnvironment {
  ssnKeyId: string;
  indexKeys: { version: number; keyId: string }[];
}

/**
 * Reads which KMS keys guard the social security numbers: SSN_KEY_ID encrypts them; SSN_INDEX_KEY_ID, of version
 * SSN_INDEX_KEY_VERSION, makes the blind index. While that key is being replaced, SSN_INDEX_PREVIOUS_KEY_ID names the one
 * before it, whose version is one less.
 *
 * @throws Error naming every variable that is missing or wrong.
 */
export function readVaultKeys(environment = process.env): VaultKeysOfEnvironment {
  const keys = readEnvironment(
    {
      SSN_KEY_ID: z.string().min(1),
      SSN_INDEX_KEY_ID: z.string().min(1),
      SSN_INDEX_KEY_VERSION: version,
      SSN_INDEX_PREVIOUS_KEY_ID: z.string().min(1).optional(),
    },
    environment,
  );
  const current = { version: keys.SSN_INDEX_KEY_VERSION, keyId: keys.SSN_INDEX_KEY_ID };
  const previous = keys.SSN_INDEX_PREVIOUS_KEY_ID;
  return {
    ssnKeyId: keys.SSN_KEY_ID,
    indexKeys: previous === undefined ? [current] : [{ version: current.version - 1, keyId: previous }, current],
  };
}
