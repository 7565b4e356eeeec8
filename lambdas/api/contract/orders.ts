import { route } from '../../runtime/route.ts';
import { idParam } from '../schemas/shared.ts';
import * as schemas from '../schemas/standing-orders.ts';
import { keyed } from './keyed.ts';

const readers = ['customer', 'teller', 'analyst', 'auditor', 'admin'] as const;

/** What it takes, and answers, to change the status of a standing order. */
const change = {
  method: 'POST',
  capability: 'orders',
  roles: ['customer', 'teller'],
  params: idParam,
  body: schemas.standingOrderChange,
  status: 200,
  reply: schemas.standingOrder,
  refusals: ['STANDING_ORDER_NOT_FOUND', 'STANDING_ORDER_ENDED', 'NOT_YOUR_ACCOUNT'],
} as const;

/** The routes of the capability `orders`. */
export const ordersRoutes = {
  createStandingOrder: route({
    method: 'POST',
    path: '/standing-orders',
    capability: 'orders',
    summary: 'Have the same transfer made every day, week or month',
    roles: ['customer', 'teller'],
    idempotent: true,
    body: schemas.standingOrderRequest,
    status: 201,
    reply: schemas.standingOrder,
    refusals: [
      'ACCOUNT_NOT_FOUND',
      'NOT_YOUR_ACCOUNT',
      'ACCOUNT_NOT_ACTIVE',
      'AMOUNT_NOT_REPRESENTABLE',
      'CURRENCY_MISMATCH',
      'TOO_MANY_STANDING_ORDERS',
      ...keyed,
    ],
  }),
  listStandingOrders: route({
    method: 'GET',
    path: '/standing-orders',
    capability: 'orders',
    summary: "List the standing orders that an account pays, or all the caller's own, newest first",
    roles: readers,
    query: schemas.standingOrdersQuery,
    status: 200,
    reply: schemas.standingOrdersPage,
    refusals: ['ACCOUNT_NOT_FOUND', 'NOT_YOUR_ACCOUNT'],
  }),
  getStandingOrder: route({
    method: 'GET',
    path: '/standing-orders/{id}',
    capability: 'orders',
    summary: 'Read one standing order, and what became of its latest due dates',
    roles: readers,
    params: idParam,
    status: 200,
    reply: schemas.standingOrderWithRuns,
    refusals: ['STANDING_ORDER_NOT_FOUND', 'NOT_YOUR_ACCOUNT'],
  }),
  pauseStandingOrder: route({
    ...change,
    path: '/standing-orders/{id}/pause',
    summary: 'Stop a standing order until it is resumed',
  }),
  resumeStandingOrder: route({
    ...change,
    path: '/standing-orders/{id}/resume',
    summary: 'Let a paused standing order go on with its next due date',
  }),
  cancelStandingOrder: route({
    ...change,
    path: '/standing-orders/{id}/cancel',
    summary: 'End a standing order for good',
  }),
} as const;
