import { type AccountInterest, accountInterest } from '../domain/interest.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

/** Reading accounts' interest. One Data API call; throws a BankError when the bank refuses. */
export interface Interest {
  readInterest(accountId: string, caller: ActingCaller): Promise<AccountInterest>;
}

const anInterest = answerOf({ interest: accountInterest });

/** The interest in the database. */
export function createInterest(database: Database): Interest {
  return {
    async readInterest(accountId, caller) {
      const sql = 'select bank.read_interest(:id::uuid, :caller::jsonb)';
      const parameters = { id: accountId, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: anInterest })).interest;
    },
  };
}
