import { handle } from '../../runtime/http/handle.ts';
import { ordersRoutes } from '../contract/orders.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Lets a paused standing order go on. */
export const resumeStandingOrder = handle(
  ordersRoutes.resumeStandingOrder,
  async ({ params, caller }, { orders }: OrdersCapability) => ({ body: await orders.resumeOrder(params.id, caller) }),
);
