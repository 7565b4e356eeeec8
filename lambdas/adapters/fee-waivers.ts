import { uuidv7 } from 'uuidv7';
import { transaction } from '../domain/transaction.ts';
import type { Database } from './database.ts';
import { accept, answerOf, type Command, callerJson } from './envelope.ts';
import type { Posted } from './ledger.ts';

/** Fees that are given back. It is a movement of money, and so a file of its own: what makes those knows nothing else of fees. */
export interface FeeWaivers {
  /** Gives a fee back: the transaction is its reversal. One Data API call; throws a BankError when the bank refuses. */
  waiveFee(request: Command & { fee_id: string; reason: string }): Promise<Posted>;
}

const waived = answerOf({ transaction });

/** The fees that the database gives back. */
export function createFeeWaivers(database: Database): FeeWaivers {
  return {
    async waiveFee({ fee_id, reason, key, caller }) {
      const id = uuidv7();
      const sql = 'select bank.waive_fee(:id::uuid, :fee_id::uuid, :reason, :key, :caller::jsonb)';
      const parameters = { id, fee_id, reason, key: key ?? id, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: waived }));
    },
  };
}
