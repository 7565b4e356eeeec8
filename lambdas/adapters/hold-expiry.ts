import * as z from 'zod';
import type { Database } from './database.ts';

/** Writing down that holds have expired. Each call is one Data API call, and may be repeated. */
export interface HoldExpiry {
  /** Ends holds that have expired, of at most so many and of their accounts. @returns how many ended. */
  expireHolds(batchSize: number): Promise<number>;
}

const answer = z.object({ expired: z.int() });

/** The expiry of the holds in the database. */
export function createHoldExpiry(database: Database): HoldExpiry {
  return {
    async expireHolds(batchSize) {
      const sql = 'select bank.expire_holds(:batch_size::integer)';
      return (await database.query({ sql, parameters: { batch_size: batchSize }, answer })).expired;
    },
  };
}
