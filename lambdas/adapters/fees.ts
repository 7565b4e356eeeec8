import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { type Fee, type FeeRule, fee, feeRule } from '../domain/fee.ts';
import { cutPage, decodeCursor } from '../domain/page.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

export interface ListFees {
  account_id: string;
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

export interface SetFeeRule {
  rule_id: string;
  amount: string;
  minimum_balance: string | null;
  enabled: boolean;
  reason: string;
  caller: ActingCaller;
}

/** Fees and their rules. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Fees {
  listFees(request: ListFees): Promise<{ fees: Fee[]; next_cursor: string | null }>;
  listRules(caller: ActingCaller): Promise<FeeRule[]>;
  setRule(request: SetFeeRule): Promise<FeeRule>;
}

const manyFees = answerOf({ fees: z.array(fee) });
const manyRules = answerOf({ fee_rules: z.array(feeRule) });
const oneRule = answerOf({ fee_rule: feeRule });

/** The fees in the database. */
export function createFees(database: Database): Fees {
  return {
    async listFees({ account_id, limit, cursor, caller }) {
      const before = cursor === undefined ? undefined : decodeCursor('fees', cursor);
      const sql =
        'select bank.list_fees(:account_id::uuid, :before_created_at::timestamptz, :before_id::uuid, :page_size::integer, :caller::jsonb)';
      const parameters = {
        account_id,
        before_created_at: before?.created_at ?? null,
        before_id: before?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const { fees } = accept(await database.query({ sql, parameters, answer: manyFees }));
      const { rows, next_cursor } = cutPage('fees', fees, limit);
      return { fees: rows, next_cursor };
    },
    async listRules(caller) {
      const sql = 'select bank.list_fee_rules(:caller::jsonb)';
      return accept(await database.query({ sql, parameters: { caller: callerJson(caller) }, answer: manyRules }))
        .fee_rules;
    },
    async setRule({ caller, ...request }) {
      const sql = `select bank.set_fee_rule(:id::uuid, :rule_id::uuid, :amount::numeric, :minimum_balance::numeric, :enabled, :reason,
        :caller::jsonb)`;
      const parameters = { id: uuidv7(), ...request, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneRule })).fee_rule;
    },
  };
}
