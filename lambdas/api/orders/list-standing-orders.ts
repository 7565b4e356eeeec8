import { handle } from '../../runtime/http/handle.ts';
import { ordersRoutes } from '../contract/orders.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Lists the standing orders that an account pays, or all the caller's own. */
export const listStandingOrders = handle(
  ordersRoutes.listStandingOrders,
  async ({ query, caller }, { orders }: OrdersCapability) => {
    const { account_id, limit, cursor } = query;
    return { body: await orders.listOrders({ account_id, limit, cursor, caller }) };
  },
);
