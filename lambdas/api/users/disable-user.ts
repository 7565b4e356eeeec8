import { handle } from '../../runtime/http/handle.ts';
import { usersRoutes } from '../contract/users.ts';
import type { UsersCapability } from './dependencies.ts';

/** Keeps a user out: here first, which stops the tokens that it holds, then at the identity provider. Safe to repeat if that fails. */
export const disableUser = handle(
  usersRoutes.disableUser,
  async ({ params, body, caller }, { users, userPool }: UsersCapability) => {
    const user = await users.setUserDisabled({ user_id: params.id, disabled: true, reason: body.reason, caller });
    await userPool.disable(params.id);
    return { body: user };
  },
);
