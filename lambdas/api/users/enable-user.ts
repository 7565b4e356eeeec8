import { handle } from '../../runtime/http/handle.ts';
import { usersRoutes } from '../contract/users.ts';
import type { UsersCapability } from './dependencies.ts';

/** Lets a user in again: at the identity provider first, so that one who can't sign in is not thought to be let in. Safe to repeat. */
export const enableUser = handle(
  usersRoutes.enableUser,
  async ({ params, body, caller }, { users, userPool }: UsersCapability) => {
    await userPool.enable(params.id);
    return { body: await users.setUserDisabled({ user_id: params.id, disabled: false, reason: body.reason, caller }) };
  },
);
