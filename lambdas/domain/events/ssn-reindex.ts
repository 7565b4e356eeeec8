import * as z from 'zod';
import { id } from '../fields.ts';
import { event } from './event.ts';

const key_version = z.int().describe('The version of the HMAC key');
const customers = z.array(id);

/** What a run over all social security numbers does, when the key of their index was replaced. */
export const ssnReindexEvents = {
  SsnsReadForReindex: event(
    'ssn_reindex',
    'A run took the ciphertexts of these customers.',
    z.strictObject({ key_version, customers }),
  ),
  SsnsReindexed: event(
    'ssn_reindex',
    'A run gave these customers an index under a key.',
    z.strictObject({
      key_version,
      customers,
      duplicates: customers.describe('Left out: another customer has the same number'),
    }),
  ),
  SsnIndexesRetired: event(
    'ssn_reindex',
    'A run removed the indexes under other keys than these.',
    z.strictObject({ key_versions: z.array(key_version), retired: z.int() }),
  ),
};
