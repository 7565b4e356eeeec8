import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Stops a standing order for a while. */
export const pauseStandingOrder = handle(
  contract.pauseStandingOrder,
  async ({ params, caller }, { orders }: OrdersCapability) => ({ body: await orders.pauseOrder(params.id, caller) }),
);
