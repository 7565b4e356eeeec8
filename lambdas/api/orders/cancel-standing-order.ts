import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Ends a standing order. */
export const cancelStandingOrder = handle(
  contract.cancelStandingOrder,
  async ({ params, caller }, { orders }: OrdersCapability) => ({ body: await orders.cancelOrder(params.id, caller) }),
);
