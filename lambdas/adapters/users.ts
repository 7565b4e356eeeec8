import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { id } from '../domain/fields.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

export interface SetUserDisabled {
  user_id: string;
  disabled: boolean;
  reason: string;
  caller: ActingCaller;
}

/** Which users the bank keeps out. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Users {
  setUserDisabled(request: SetUserDisabled): Promise<{ user_id: string; disabled: boolean }>;
}

const oneUser = answerOf({ user: z.object({ user_id: id, disabled: z.boolean() }) });

/** The disabled users in the database. */
export function createUsers(database: Database): Users {
  return {
    async setUserDisabled({ user_id, disabled, reason, caller }) {
      const sql = 'select bank.set_user_disabled(:id::uuid, :user_id::uuid, :disabled, :reason, :caller::jsonb)';
      const parameters = { id: uuidv7(), user_id, disabled, reason, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneUser })).user;
    },
  };
}
