import { handle } from '../../runtime/http/handle.ts';
import { ordersRoutes } from '../contract/orders.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Has the same transfer made again and again. */
export const createStandingOrder = handle(
  ordersRoutes.createStandingOrder,
  async ({ body, caller, key }, { orders }: OrdersCapability) => {
    const { description, end_date, count } = body;
    const request = { ...body, description, end_date, count, caller, key };
    const { standing_order, replayed } = await orders.createOrder(request);
    return { body: standing_order, replayed };
  },
);
