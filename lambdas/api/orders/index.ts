import { createStandingOrders } from '../../adapters/standing-orders.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOf } from '../database.ts';
import { cancelStandingOrder } from './cancel-standing-order.ts';
import { createStandingOrder } from './create-standing-order.ts';
import { getStandingOrder } from './get-standing-order.ts';
import { listStandingOrders } from './list-standing-orders.ts';
import { pauseStandingOrder } from './pause-standing-order.ts';
import { resumeStandingOrder } from './resume-standing-order.ts';

export const handler = serve(
  [
    createStandingOrder,
    listStandingOrders,
    getStandingOrder,
    pauseStandingOrder,
    resumeStandingOrder,
    cancelStandingOrder,
  ],
  { orders: createStandingOrders(databaseOf(readEnvironment(databaseVariables))) },
);
