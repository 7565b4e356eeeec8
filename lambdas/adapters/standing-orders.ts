import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { cutPage, decodeCursor } from '../domain/page.ts';
import {
  type StandingOrder,
  type StandingOrderWithRuns,
  standingOrder,
  standingOrderWithRuns,
} from '../domain/standing-order.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, type Command, callerJson } from './envelope.ts';

export interface CreateStandingOrder extends Command {
  from_account_id: string;
  to_account_id: string;
  amount: string;
  description: string | undefined;
  frequency: StandingOrder['frequency'];
  /** Days of the bank's calendar, such as "2026-03-31". */
  start_date: string;
  end_date: string | undefined;
  /** How many due dates it has. */
  count: number | undefined;
}

export interface ListStandingOrders {
  /** The account that pays; without it, all accounts of the caller's own. */
  account_id: string | undefined;
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

/** Standing orders. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface StandingOrders {
  createOrder(request: CreateStandingOrder): Promise<{ standing_order: StandingOrder; replayed: boolean }>;
  pauseOrder(orderId: string, caller: ActingCaller): Promise<StandingOrder>;
  resumeOrder(orderId: string, caller: ActingCaller): Promise<StandingOrder>;
  cancelOrder(orderId: string, caller: ActingCaller): Promise<StandingOrder>;
  readOrder(orderId: string, caller: ActingCaller): Promise<StandingOrderWithRuns>;
  listOrders(request: ListStandingOrders): Promise<{ standing_orders: StandingOrder[]; next_cursor: string | null }>;
}

const oneOrder = answerOf({ standing_order: standingOrder });
const orderWithRuns = answerOf({ standing_order: standingOrderWithRuns });
const manyOrders = answerOf({ standing_orders: z.array(standingOrder) });

/** The standing orders in the database. */
export function createStandingOrders(database: Database): StandingOrders {
  const move = (verb: 'pause' | 'resume' | 'cancel') => async (orderId: string, caller: ActingCaller) => {
    const sql = `select bank.${verb}_standing_order(:id::uuid, :order_id::uuid, :caller::jsonb)`;
    // The id makes a command whose reply was lost the same command when it is sent again.
    const parameters = { id: uuidv7(), order_id: orderId, caller: callerJson(caller) };
    return accept(await database.query({ sql, parameters, answer: oneOrder })).standing_order;
  };
  return {
    async createOrder({ key, caller, ...details }) {
      const id = uuidv7();
      const sql = 'select bank.create_standing_order(:id::uuid, :details::jsonb, :key, :caller::jsonb)';
      const parameters = { id, details: JSON.stringify(details), key: key ?? id, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneOrder }));
    },
    pauseOrder: move('pause'),
    resumeOrder: move('resume'),
    cancelOrder: move('cancel'),
    async readOrder(orderId, caller) {
      const sql = 'select bank.read_standing_order(:order_id::uuid, :caller::jsonb)';
      const parameters = { order_id: orderId, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: orderWithRuns })).standing_order;
    },
    async listOrders({ account_id, limit, cursor, caller }) {
      const before = cursor === undefined ? undefined : decodeCursor('standing-orders', cursor);
      const sql =
        'select bank.list_standing_orders(:account_id::uuid, :before_created_at::timestamptz, :before_id::uuid, :page_size::integer, :caller::jsonb)';
      const parameters = {
        account_id: account_id ?? null,
        before_created_at: before?.created_at ?? null,
        before_id: before?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const { standing_orders } = accept(await database.query({ sql, parameters, answer: manyOrders }));
      const { rows, next_cursor } = cutPage('standing-orders', standing_orders, limit);
      return { standing_orders: rows, next_cursor };
    },
  };
}
