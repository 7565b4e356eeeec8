import type { StandingOrders } from '../../adapters/standing-orders.ts';

/** What the handlers of this capability need. */
export interface OrdersCapability {
  orders: StandingOrders;
}
