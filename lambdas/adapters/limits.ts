import { uuidv7 } from 'uuidv7';
import { type CustomerLimits, customerLimits } from '../domain/customer-limits.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

export interface SetLimits {
  customer_id: string;
  transfers_per_minute: number;
  requests_per_hour: number;
  reason: string;
  caller: ActingCaller;
}

/** Customers' rate limits. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Limits {
  readLimits(customerId: string, caller: ActingCaller): Promise<CustomerLimits>;
  setLimits(request: SetLimits): Promise<CustomerLimits>;
}

const theLimits = answerOf({ limits: customerLimits });

/** The limits in the database, which also keeps to them. */
export function createLimits(database: Database): Limits {
  return {
    async readLimits(customerId, caller) {
      const sql = 'select bank.read_limits(:customer_id::uuid, :caller::jsonb)';
      const parameters = { customer_id: customerId, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: theLimits })).limits;
    },
    async setLimits({ caller, ...request }) {
      const sql = `select bank.set_limits(:id::uuid, :customer_id::uuid, :transfers_per_minute::integer, :requests_per_hour::integer,
        :reason, :caller::jsonb)`;
      const parameters = { id: uuidv7(), ...request, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: theLimits })).limits;
    },
  };
}
