import * as z from 'zod';
import { codeExpired, codeMismatch, notAuthorized, wrongPassword } from '../cognito-error.ts';
import { runPostConfirmation } from '../lambda-triggers.ts';
import { operation, text } from '../operation.ts';
import { checkPasswordPolicy, hashPassword, isPassword } from '../passwords.ts';
import type { User } from '../pool-records.ts';
import { bearerOf } from '../tokens.ts';
import { attributesOf } from '../user-view.ts';
import { checkCode, deliveryDetails, newCode, resetCodeLifetimeMs } from '../verification-codes.ts';

/** Who the bearer of an access token is. */
export const getUser = operation(z.object({ AccessToken: text }), async ({ AccessToken }, context) => {
  const pool = context.pools.byAccessToken(AccessToken);
  const { user } = await bearerOf(pool, AccessToken, context.now());
  return { Username: user.username, UserAttributes: attributesOf(user) };
});

/** Changes the password of the bearer, who must know the old one. */
export const changePassword = operation(
  z.object({ AccessToken: text, PreviousPassword: text, ProposedPassword: text }),
  async (input, context) => {
    const pool = context.pools.byAccessToken(input.AccessToken);
    const { user } = await bearerOf(pool, input.AccessToken, context.now());
    context.lockout.check(user.sub);
    if (!(await isPassword(input.PreviousPassword, user.password))) {
      context.lockout.failed(user.sub);
      throw wrongPassword();
    }
    checkPasswordPolicy(pool.definition.passwordPolicy, input.ProposedPassword, 'does not conform to');
    const password = await hashPassword(input.ProposedPassword);
    const current = await bearerOf(pool, input.AccessToken, context.now());
    pool.updateUser(current.user, { password }, context.now());
    return {};
  },
);

const ofUser = { ClientId: text, Username: text };

/**
 * Sends a code to reset a forgotten password to the user's verified address. A user that does not exist, is disabled or
 * has no verified address gets the same answer and no code.
 */
export const forgotPassword = operation(z.object(ofUser), async (input, context) => {
  const { pool } = context.pools.byClient(input.ClientId);
  const user = pool.findUser(input.Username);
  const target = user?.enabled === true ? verifiedAddress(user) : undefined;
  if (user === undefined || target === undefined) {
    return { CodeDeliveryDetails: deliveryDetails('email', input.Username) };
  }
  if (user.status !== 'CONFIRMED') throw notAuthorized('User password cannot be reset in the current state.');
  const resetCode = newCode(context.now() + resetCodeLifetimeMs);
  pool.updateUser(user, { resetCode }, context.now());
  context.sendMessage({ to: target.to, code: resetCode.code });
  return { CodeDeliveryDetails: deliveryDetails(target.attribute, target.to) };
});

/** Sets a new password by the code that was sent. */
export const confirmForgotPassword = operation(
  z.object({ ...ofUser, ConfirmationCode: text, Password: text }),
  async (input, context) => {
    const { pool } = context.pools.byClient(input.ClientId);
    const user = pool.findUser(input.Username);
    if (user === undefined || !user.enabled) throw codeMismatch();
    checkPasswordPolicy(pool.definition.passwordPolicy, input.Password, 'does not conform to');
    checkCode(user.resetCode, input.ConfirmationCode, context.now(), failed =>
      pool.updateUser(user, { resetCode: failed }, context.now()),
    );
    const password = await hashPassword(input.Password);
    const current = pool.userBySub(user.sub);
    if (current?.resetCode?.code !== input.ConfirmationCode) throw codeExpired();
    const changes = { password, resetCode: undefined, status: 'CONFIRMED' } as const;
    const confirmed = pool.updateUser(current, changes, context.now());
    context.lockout.succeeded(user.sub);
    await runPostConfirmation(pool, confirmed, 'PostConfirmation_ConfirmForgotPassword', input.ClientId, context);
    return {};
  },
);

function verifiedAddress(user: User): { attribute: string; to: string } | undefined {
  for (const attribute of ['email', 'phone_number']) {
    const to = user.attributes[attribute];
    if (to !== undefined && user.attributes[`${attribute}_verified`] === 'true') return { attribute, to };
  }
  return undefined;
}
