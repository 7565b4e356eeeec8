import { uuidv7 } from 'uuidv7';
import { type Account, account } from '../domain/account.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, type Command, callerJson } from './envelope.ts';
import type { ParameterValue } from './parameters.ts';

export interface UpdateAccount {
  account_id: string;
  /** What is left out stays as it is. */
  overdraft_limit: string | undefined;
  interest_rate: string | undefined;
  /** From which day on the rate holds; without one, from the day that is open. */
  interest_rate_from?: string | undefined;
  /** The version that the account must still be at; null for any. */
  version: number | null;
  caller: ActingCaller;
}

export interface ChangeStatus {
  account_id: string;
  reason: string;
  caller: ActingCaller;
}

export interface UnfreezeAccount extends ChangeStatus {
  /** Whether somebody else than who froze it must let it go. */
  fourEyes: boolean;
}

export interface CloseAccount extends ChangeStatus, Command {
  /** Where the balance goes; without it the account must be empty. */
  sweep_to_account_id: string | undefined;
}

/** What staff do to accounts. Each is one Data API call and throws a BankError when the bank refuses. */
export interface AccountPowers {
  updateAccount(request: UpdateAccount): Promise<Account>;
  freezeAccount(request: ChangeStatus): Promise<Account>;
  unfreezeAccount(request: UnfreezeAccount): Promise<Account>;
  closeAccount(request: CloseAccount): Promise<{ account: Account; replayed: boolean }>;
}

const changed = answerOf({ account });

/** The powers over the accounts in the database. */
export function createAccountPowers(database: Database): AccountPowers {
  // The id makes a command whose reply was lost the same command when it is sent again.
  const change = async (
    sql: string,
    caller: ActingCaller,
    parameters: Record<string, ParameterValue>,
    id: string = uuidv7(),
  ) =>
    accept(
      await database.query({ sql, parameters: { id, ...parameters, caller: callerJson(caller) }, answer: changed }),
    );
  return {
    async updateAccount({ account_id, overdraft_limit, interest_rate, interest_rate_from, version, caller }) {
      const sql =
        'select bank.update_account(:id::uuid, :account_id::uuid, :overdraft_limit::numeric, :interest_rate::numeric, :interest_rate_from::date, :version::bigint, :caller::jsonb)';
      const terms = {
        overdraft_limit: overdraft_limit ?? null,
        interest_rate: interest_rate ?? null,
        interest_rate_from: interest_rate_from ?? null,
      };
      return (await change(sql, caller, { account_id, ...terms, version })).account;
    },
    async freezeAccount({ account_id, reason, caller }) {
      const sql = 'select bank.freeze_account(:id::uuid, :account_id::uuid, :reason, :caller::jsonb)';
      return (await change(sql, caller, { account_id, reason })).account;
    },
    async unfreezeAccount({ account_id, reason, fourEyes, caller }) {
      const sql = 'select bank.unfreeze_account(:id::uuid, :account_id::uuid, :reason, :four_eyes, :caller::jsonb)';
      return (await change(sql, caller, { account_id, reason, four_eyes: fourEyes })).account;
    },
    async closeAccount({ account_id, sweep_to_account_id, reason, key, caller }) {
      const id = uuidv7();
      const sql =
        'select bank.close_account(:id::uuid, :account_id::uuid, :sweep_to_account_id::uuid, :reason, :key, :caller::jsonb)';
      const sweep = { sweep_to_account_id: sweep_to_account_id ?? null };
      return change(sql, caller, { account_id, ...sweep, reason, key: key ?? id }, id);
    },
  };
}
