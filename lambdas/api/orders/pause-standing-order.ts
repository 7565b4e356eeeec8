import { handle } from '../../runtime/http/handle.ts';
import { ordersRoutes } from '../contract/orders.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Stops a standing order for a while. */
export const pauseStandingOrder = handle(
  ordersRoutes.pauseStandingOrder,
  async ({ params, caller }, { orders }: OrdersCapability) => ({ body: await orders.pauseOrder(params.id, caller) }),
);
