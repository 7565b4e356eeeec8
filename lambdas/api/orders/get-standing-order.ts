import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { OrdersCapability } from './dependencies.ts';

/** Reads one standing order. */
export const getStandingOrder = handle(
  contract.getStandingOrder,
  async ({ params, caller }, { orders }: OrdersCapability) => ({ body: await orders.readOrder(params.id, caller) }),
);
