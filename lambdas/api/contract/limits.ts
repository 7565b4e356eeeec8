import { route } from '../../runtime/route.ts';
import * as schemas from '../schemas/limits.ts';
import { idParam } from '../schemas/shared.ts';

/** The routes of the capability `limits`. */
export const limitsRoutes = {
  getCustomerLimits: route({
    method: 'GET',
    path: '/customers/{id}/limits',
    capability: 'limits',
    summary: "Read a customer's rate limits",
    roles: ['teller', 'analyst', 'auditor', 'admin'],
    params: idParam,
    status: 200,
    reply: schemas.customerLimits,
    refusals: ['CUSTOMER_NOT_FOUND'],
  }),
  setCustomerLimits: route({
    method: 'PUT',
    path: '/customers/{id}/limits',
    capability: 'limits',
    summary: "Set a customer's own rate limits",
    roles: ['admin'],
    params: idParam,
    body: schemas.setLimitsRequest,
    status: 200,
    reply: schemas.customerLimits,
    refusals: ['CUSTOMER_NOT_FOUND'],
  }),
} as const;
