import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { type Account, account, type PastBalance, pastBalance } from '../domain/account.ts';
import { cutPage, decodeCursor } from '../domain/page.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, type Command, callerJson } from './envelope.ts';

export interface OpenAccount extends Command {
  customer_id: string;
  account_type: string;
  currency: string;
  interest_rate: string;
  overdraft_limit: string;
  /** How many accounts the customer may have with this one; null for no limit. */
  accountLimit: number | null;
  /** Whether the customer's identity must have been verified. */
  verifiedOnly: boolean;
}

export interface ReadBalanceAt {
  account_id: string;
  /** A moment of RFC 3339. */
  at: string;
  caller: ActingCaller;
}

export interface ListAccounts {
  customer_id: string;
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

/** Opening and reading accounts. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Accounts {
  openAccount(request: OpenAccount): Promise<{ account: Account; replayed: boolean }>;
  readAccount(id: string, caller: ActingCaller): Promise<Account>;
  /** What an account's balance was at a moment since its opening. */
  readBalanceAt(request: ReadBalanceAt): Promise<PastBalance>;
  listAccounts(request: ListAccounts): Promise<{ accounts: Account[]; next_cursor: string | null }>;
}

const oneAccount = answerOf({ account });
const oneBalance = answerOf({ balance: pastBalance });
const manyAccounts = answerOf({ accounts: z.array(account) });

/** The accounts in the database. */
export function createAccounts(database: Database): Accounts {
  return {
    async openAccount(request) {
      const id = uuidv7();
      const sql = `select bank.open_account(:id::uuid, :customer_id::uuid, :account_type, :currency, :interest_rate::numeric,
        :overdraft_limit::numeric, :account_limit::integer, :verified_only::boolean, :key, :caller::jsonb)`;
      const { customer_id, account_type, currency, interest_rate, overdraft_limit, key, caller } = request;
      const parameters = {
        id,
        customer_id,
        account_type,
        currency,
        interest_rate,
        overdraft_limit,
        account_limit: request.accountLimit,
        verified_only: request.verifiedOnly,
        key: key ?? id,
        caller: callerJson(caller),
      };
      return accept(await database.query({ sql, parameters, answer: oneAccount }));
    },
    async readAccount(id, caller) {
      const sql = 'select bank.read_account(:id::uuid, :caller::jsonb)';
      return accept(await database.query({ sql, parameters: { id, caller: callerJson(caller) }, answer: oneAccount }))
        .account;
    },
    async readBalanceAt({ account_id, at, caller }) {
      const sql = 'select bank.read_balance_at(:account_id::uuid, :at::timestamptz, :caller::jsonb)';
      const parameters = { account_id, at, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneBalance })).balance;
    },
    async listAccounts({ customer_id, limit, cursor, caller }) {
      const after = cursor === undefined ? undefined : decodeCursor('accounts', cursor);
      const sql =
        'select bank.list_accounts(:customer_id::uuid, :after_created_at::timestamptz, :after_id::uuid, :page_size::integer, :caller::jsonb)';
      const parameters = {
        customer_id,
        after_created_at: after?.created_at ?? null,
        after_id: after?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const { rows, next_cursor } = cutPage(
        'accounts',
        accept(await database.query({ sql, parameters, answer: manyAccounts })).accounts,
        limit,
      );
      return { accounts: rows, next_cursor };
    },
  };
}
