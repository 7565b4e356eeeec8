import { route } from '../../runtime/route.ts';
import * as schemas from '../schemas/holds.ts';
import { idParam } from '../schemas/shared.ts';
import { keyed } from './keyed.ts';

const readers = ['customer', 'teller', 'analyst', 'auditor', 'admin'] as const;

/** The routes of the capability `holds`. */
export const holdsRoutes = {
  placeHold: route({
    method: 'POST',
    path: '/holds',
    capability: 'holds',
    summary: 'Set money of an account apart, to be captured or released later',
    roles: ['customer', 'teller'],
    idempotent: true,
    body: schemas.placeHoldRequest,
    status: 201,
    reply: schemas.hold,
    refusals: [
      'ACCOUNT_NOT_FOUND',
      'NOT_YOUR_ACCOUNT',
      'ACCOUNT_NOT_ACTIVE',
      'AMOUNT_NOT_REPRESENTABLE',
      'INSUFFICIENT_FUNDS',
      'FRAUD_BLOCKED',
      'TOO_MANY_HOLDS',
      ...keyed,
    ],
  }),
  listHolds: route({
    method: 'GET',
    path: '/holds',
    capability: 'holds',
    summary: "List an account's holds, or those of all the caller's accounts, newest first",
    roles: readers,
    query: schemas.holdsQuery,
    status: 200,
    reply: schemas.holdsPage,
    refusals: ['ACCOUNT_NOT_FOUND', 'NOT_YOUR_ACCOUNT'],
  }),
  getHold: route({
    method: 'GET',
    path: '/holds/{id}',
    capability: 'holds',
    summary: 'Read one hold',
    roles: readers,
    params: idParam,
    status: 200,
    reply: schemas.hold,
    refusals: ['HOLD_NOT_FOUND', 'NOT_YOUR_ACCOUNT'],
  }),
  captureHold: route({
    method: 'POST',
    path: '/holds/{id}/capture',
    capability: 'holds',
    summary: 'Pay what a hold has set apart, or a part of it, to another account',
    roles: ['customer', 'teller'],
    idempotent: true,
    params: idParam,
    body: schemas.captureHoldRequest,
    status: 200,
    reply: schemas.capturedHold,
    refusals: [
      'HOLD_NOT_FOUND',
      'HOLD_NOT_OPEN',
      'CAPTURE_EXCEEDS_HOLD',
      'ACCOUNT_NOT_FOUND',
      'NOT_YOUR_ACCOUNT',
      'ACCOUNT_NOT_ACTIVE',
      'AMOUNT_NOT_REPRESENTABLE',
      'CURRENCY_MISMATCH',
      'BALANCE_OUT_OF_RANGE',
      ...keyed,
    ],
  }),
  releaseHold: route({
    method: 'POST',
    path: '/holds/{id}/release',
    capability: 'holds',
    summary: 'Let go of what a hold has set apart and not captured',
    roles: ['customer', 'teller'],
    params: idParam,
    body: schemas.releaseHoldRequest,
    status: 200,
    reply: schemas.hold,
    refusals: ['HOLD_NOT_FOUND', 'HOLD_NOT_OPEN', 'NOT_YOUR_ACCOUNT'],
  }),
} as const;
