import { handle } from '../../runtime/http/handle.ts';
import { ordersRoutes } from '../contract/orders.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Ends a standing order. */
export const cancelStandingOrder = handle(
  ordersRoutes.cancelStandingOrder,
  async ({ params, caller }, { orders }: OrdersCapability) => ({ body: await orders.cancelOrder(params.id, caller) }),
);
