import * as z from 'zod';
import { codeMismatch, invalidParameter, notAuthorized } from '../cognito-error.ts';
import { runPostConfirmation } from '../lambda-triggers.ts';
import { newUser } from '../new-user.ts';
import { attributeList, type OperationContext, operation, signedOperation, text } from '../operation.ts';
import { checkPasswordPolicy, hashPassword } from '../passwords.ts';
import type { User } from '../pool-records.ts';
import type { UserPool } from '../user-pool.ts';
import { checkCode, deliverable, deliveryDetails, newCode, signUpCodeLifetimeMs } from '../verification-codes.ts';

const ofUser = { ClientId: text, Username: text };

/** Makes an unconfirmed user and sends it a code, in a pool that lets anyone sign up. */
export const signUp = operation(
  z.object({ ...ofUser, Password: text, UserAttributes: attributeList }),
  async (input, context) => {
    const { pool } = context.pools.byClient(input.ClientId);
    if (!pool.definition.selfSignUp) throw notAuthorized('SignUp is not permitted for this user pool');
    checkPasswordPolicy(pool.definition.passwordPolicy, input.Password, 'did not conform with');
    const user = newUser(pool, input.Username, input.UserAttributes, {
      status: 'UNCONFIRMED',
      password: await hashPassword(input.Password),
      nowMs: context.now(),
    });
    pool.addUser(user);
    const delivery = sendSignUpCode(pool, user, context);
    return { UserConfirmed: false, UserSub: user.sub, ...(delivery && { CodeDeliveryDetails: delivery }) };
  },
);

/** Confirms a user by the code sent to it, and with it the address that the code went to. */
export const confirmSignUp = operation(z.object({ ...ofUser, ConfirmationCode: text }), async (input, context) => {
  const { pool } = context.pools.byClient(input.ClientId);
  const user = pool.findUser(input.Username);
  if (user === undefined) throw codeMismatch();
  refuseConfirmed(user);
  checkCode(user.signUpCode, input.ConfirmationCode, context.now(), failed =>
    pool.updateUser(user, { signUpCode: failed }, context.now()),
  );
  const verified = deliverable(user, pool.definition.autoVerified);
  const attributes = { ...user.attributes, ...(verified && { [`${verified.attribute}_verified`]: 'true' }) };
  const confirmed = pool.updateUser(user, { status: 'CONFIRMED', signUpCode: undefined, attributes }, context.now());
  await runPostConfirmation(pool, confirmed, 'PostConfirmation_ConfirmSignUp', input.ClientId, context);
  return {};
});

/** Sends a new code. For a user that does not exist it answers as if it had, so that nobody learns who does. */
export const resendConfirmationCode = operation(z.object(ofUser), async (input, context) => {
  const { pool } = context.pools.byClient(input.ClientId);
  const user = pool.findUser(input.Username);
  if (user === undefined) return { CodeDeliveryDetails: deliveryDetails('email', input.Username) };
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
  const delivery = sendSignUpCode(pool, user, context);
  if (delivery === undefined) throw invalidParameter('Auto verification not turned on.');
  return { CodeDeliveryDetails: delivery };
});

/** Confirms a user without a code; nothing of it counts as verified. */
export const adminConfirmSignUp = signedOperation(
  z.object({ UserPoolId: text, Username: text }),
  async (input, context) => {
    const pool = context.pools.byId(input.UserPoolId);
    const user = pool.requireUser(input.Username);
    refuseConfirmed(user);
    const confirmed = pool.updateUser(user, { status: 'CONFIRMED', signUpCode: undefined }, context.now());
    await runPostConfirmation(pool, confirmed, 'PostConfirmation_ConfirmSignUp', 'CLIENT_ID_NOT_APPLICABLE', context);
    return {};
  },
);

function refuseConfirmed(user: User): void {
  if (user.status === 'UNCONFIRMED') return;
  throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
}

function sendSignUpCode(pool: UserPool, user: User, context: OperationContext) {
  const target = deliverable(user, pool.definition.autoVerified);
  if (target === undefined) return undefined;
  const code = newCode(context.now() + signUpCodeLifetimeMs);
  pool.updateUser(user, { signUpCode: code }, context.now());
  context.sendMessage({ to: target.to, code: code.code });
  return deliveryDetails(target.attribute, target.to);
}
