import { route } from '../../runtime/route.ts';
import { idParam, reasonRequest } from '../schemas/shared.ts';
import * as schemas from '../schemas/users.ts';

/** The routes of the capability `users`. */
export const usersRoutes = {
  disableUser: route({
    method: 'POST',
    path: '/users/{id}/disable',
    capability: 'users',
    summary: 'Keep a user out, customer or staff, from its next call on; its tokens are revoked',
    roles: ['admin'],
    params: idParam,
    body: reasonRequest,
    status: 200,
    reply: schemas.userStanding,
    refusals: ['USER_NOT_FOUND'],
  }),
  enableUser: route({
    method: 'POST',
    path: '/users/{id}/enable',
    capability: 'users',
    summary: 'Let a disabled user in again',
    roles: ['admin'],
    params: idParam,
    body: reasonRequest,
    status: 200,
    reply: schemas.userStanding,
    refusals: ['USER_NOT_FOUND'],
  }),
} as const;
