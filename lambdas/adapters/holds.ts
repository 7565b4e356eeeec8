import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { type Hold, hold } from '../domain/hold.ts';
import { cutPage, decodeCursor } from '../domain/page.ts';
import type { RateLimit } from '../domain/rate-limit.ts';
import { type Transaction, transaction } from '../domain/transaction.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, type Command, callerJson } from './envelope.ts';

export interface PlaceHold extends Command {
  account_id: string;
  amount: string;
  /** RFC 3339; undefined for the bank's own term. */
  expires_at: string | undefined;
  description: string | undefined;
}

export interface CaptureHold extends Command {
  hold_id: string;
  to_account_id: string;
  /** Undefined for all that is left. */
  amount: string | undefined;
  /** Whether what is left over is let go. */
  final: boolean;
  /** Undefined for the hold's. */
  description: string | undefined;
}

export interface ListHolds {
  /** One account; without it, all accounts of the caller's own. */
  account_id: string | undefined;
  status: Hold['status'] | undefined;
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

/** A capture's outcome: the hold as it is now and the transfer, and whether they were made by an earlier request with the same key. */
export interface Captured {
  hold: Hold;
  transaction: Transaction;
  replayed: boolean;
  /** How a customer stands with its limit of transfers. */
  rate_limit?: RateLimit | undefined;
}

/** Holds on accounts. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Holds {
  placeHold(request: PlaceHold): Promise<{ hold: Hold; replayed: boolean }>;
  captureHold(request: CaptureHold): Promise<Captured>;
  releaseHold(holdId: string, caller: ActingCaller): Promise<Hold>;
  readHold(holdId: string, caller: ActingCaller): Promise<Hold>;
  listHolds(request: ListHolds): Promise<{ holds: Hold[]; next_cursor: string | null }>;
}

const oneHold = answerOf({ hold });
const capturedHold = answerOf({ hold, transaction });
const manyHolds = answerOf({ holds: z.array(hold) });

/** The holds in the database. */
export function createHolds(database: Database): Holds {
  return {
    async placeHold({ key, caller, ...request }) {
      const id = uuidv7();
      const sql =
        'select bank.place_hold(:id::uuid, :account_id::uuid, :amount::numeric, :expires_at::timestamptz, :description, :key, :caller::jsonb)';
      const parameters = {
        id,
        account_id: request.account_id,
        amount: request.amount,
        expires_at: request.expires_at ?? null,
        description: request.description ?? null,
        key: key ?? id,
        caller: callerJson(caller),
      };
      return accept(await database.query({ sql, parameters, answer: oneHold }));
    },
    async captureHold({ key, caller, ...request }) {
      const id = uuidv7();
      const sql = `select bank.capture_hold(:id::uuid, :hold_id::uuid, :to_account_id::uuid, :amount::numeric, :final::boolean,
        :description, :key, :caller::jsonb)`;
      const parameters = {
        id,
        hold_id: request.hold_id,
        to_account_id: request.to_account_id,
        amount: request.amount ?? null,
        final: request.final,
        description: request.description ?? null,
        key: key ?? id,
        caller: callerJson(caller),
      };
      return accept(await database.query({ sql, parameters, answer: capturedHold }));
    },
    async releaseHold(holdId, caller) {
      const sql = 'select bank.release_hold(:id::uuid, :hold_id::uuid, :caller::jsonb)';
      const parameters = { id: uuidv7(), hold_id: holdId, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneHold })).hold;
    },
    async readHold(holdId, caller) {
      const sql = 'select bank.read_hold(:hold_id::uuid, :caller::jsonb)';
      const parameters = { hold_id: holdId, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneHold })).hold;
    },
    async listHolds({ account_id, status, limit, cursor, caller }) {
      const before = cursor === undefined ? undefined : decodeCursor('holds', cursor);
      const sql = `select bank.list_holds(:account_id::uuid, :status, :before_created_at::timestamptz, :before_id::uuid,
        :page_size::integer, :caller::jsonb)`;
      const parameters = {
        account_id: account_id ?? null,
        status: status ?? null,
        before_created_at: before?.created_at ?? null,
        before_id: before?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const { holds } = accept(await database.query({ sql, parameters, answer: manyHolds }));
      const { rows, next_cursor } = cutPage('holds', holds, limit);
      return { holds: rows, next_cursor };
    },
  };
}
