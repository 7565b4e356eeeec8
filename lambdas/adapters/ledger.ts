import { uuidv7 } from 'uuidv7';
import type * as z from 'zod';
import type { RateLimit } from '../domain/rate-limit.ts';
import { type Transaction, transaction } from '../domain/transaction.ts';
import { type BatchMode, type TransferBatch, transferBatch } from '../domain/transfer-batch.ts';
import type { Database, Query } from './database.ts';
import { accept, answerOf, type Command, callerJson } from './envelope.ts';

export interface Movement extends Command {
  amount: string;
  description: string | undefined;
}

/** A command's outcome: the transaction, and whether it was made by an earlier request with the same key. */
export interface Posted {
  transaction: Transaction;
  replayed: boolean;
  /** How a customer stands with its limit after a transfer. */
  rate_limit?: RateLimit | undefined;
}

/** A transfer as a batch names it. */
export interface TransferOfBatch {
  from_account_id: string;
  to_account_id: string;
  amount: string;
  description?: string | undefined;
}

/** As a command's outcome, that of a batch. */
export interface PostedBatch extends Omit<Posted, 'transaction'> {
  batch: TransferBatch;
}

/** The commands that move money. Each is one Data API call and throws a BankError when the bank refuses. */
export interface Ledger {
  postTransfer(transfer: Movement & { from_account_id: string; to_account_id: string }): Promise<Posted>;
  /** Up to 1,000 transfers in one call. Refused as a whole in the mode ATOMIC only: the error's field begins with `transfers.<place>`. */
  postTransferBatch(batch: Command & { mode: BatchMode; transfers: readonly TransferOfBatch[] }): Promise<PostedBatch>;
  postDeposit(deposit: Movement & { account_id: string }): Promise<Posted>;
  postWithdrawal(withdrawal: Movement & { account_id: string }): Promise<Posted>;
  /** Without a day of its own the reversal counts for the day that is open. */
  postReversal(
    reversal: Command & {
      transaction_id: string;
      description: string | undefined;
      value_date?: string | undefined;
    },
  ): Promise<Posted>;
}

const posted = answerOf({ transaction });
const postedBatch = answerOf({ batch: transferBatch });

/** The ledger in the database. */
export function createLedger(database: Database): Ledger {
  const post = async (
    sql: string,
    command: Command & { description: string | undefined },
    parameters: Query<z.ZodType>['parameters'],
  ) => {
    const id = uuidv7();
    const common = {
      id,
      key: command.key ?? id,
      description: command.description ?? null,
      caller: callerJson(command.caller),
    };
    return accept(await database.query({ sql, parameters: { ...common, ...parameters }, answer: posted }));
  };
  return {
    postTransfer: transfer =>
      post(
        'select bank.post_transfer(:id::uuid, :from_account_id::uuid, :to_account_id::uuid, :amount::numeric, :description, :key, :caller::jsonb)',
        transfer,
        { from_account_id: transfer.from_account_id, to_account_id: transfer.to_account_id, amount: transfer.amount },
      ),
    async postTransferBatch({ mode, transfers, key, caller }) {
      const id = uuidv7();
      const sql = 'select bank.post_transfers(:id::uuid, :mode, :transfers::jsonb, :key, :caller::jsonb)';
      const parameters = { id, mode, transfers: JSON.stringify(transfers), key: key ?? id, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: postedBatch }));
    },
    postDeposit: deposit =>
      post(
        'select bank.post_deposit(:id::uuid, :account_id::uuid, :amount::numeric, :description, :key, :caller::jsonb)',
        deposit,
        {
          account_id: deposit.account_id,
          amount: deposit.amount,
        },
      ),
    postWithdrawal: withdrawal =>
      post(
        'select bank.post_withdrawal(:id::uuid, :account_id::uuid, :amount::numeric, :description, :key, :caller::jsonb)',
        withdrawal,
        {
          account_id: withdrawal.account_id,
          amount: withdrawal.amount,
        },
      ),
    postReversal: reversal =>
      post(
        'select bank.post_reversal(:id::uuid, :transaction_id::uuid, :description, :value_date::date, :key, :caller::jsonb)',
        reversal,
        {
          transaction_id: reversal.transaction_id,
          value_date: reversal.value_date ?? null,
        },
      ),
  };
}
