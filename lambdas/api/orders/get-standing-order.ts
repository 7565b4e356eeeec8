import { handle } from '../../runtime/http/handle.ts';
import { ordersRoutes } from '../contract/orders.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Reads one standing order. */
export const getStandingOrder = handle(
  ordersRoutes.getStandingOrder,
  async ({ params, caller }, { orders }: OrdersCapability) => ({ body: await orders.readOrder(params.id, caller) }),
);
