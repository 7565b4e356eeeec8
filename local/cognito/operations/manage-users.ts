import * as z from 'zod';
import { CognitoError, invalidParameter } from '../cognito-error.ts';
import { newUser } from '../new-user.ts';
import { attributeList, type OperationContext, signedOperation, text } from '../operation.ts';
import { checkPasswordPolicy, hashPassword, temporaryPassword } from '../passwords.ts';
import type { User } from '../pool-records.ts';
import { attributesOf, checkAttributes, userState } from '../user-view.ts';

const ofUser = { UserPoolId: text, Username: text };
const userName = z.object(ofUser);

/** The pool and the user that an administrator names; throws when there is no such pool or user. */
function find(input: z.infer<typeof userName>, context: OperationContext) {
  const pool = context.pools.byId(input.UserPoolId);
  return { pool, user: pool.requireUser(input.Username) };
}

/** Makes a user with a temporary password, and sends it unless told not to. */
export const adminCreateUser = signedOperation(
  z.object({
    ...ofUser,
    TemporaryPassword: z.string().optional(),
    UserAttributes: attributeList,
    MessageAction: z.enum(['RESEND', 'SUPPRESS']).optional(),
  }),
  async (input, context) => {
    const pool = context.pools.byId(input.UserPoolId);
    const policy = pool.definition.passwordPolicy;
    const password = input.TemporaryPassword ?? temporaryPassword(policy);
    checkPasswordPolicy(policy, password, 'did not conform with');
    const hash = await hashPassword(password);
    const nowMs = context.now();
    const temporary = { status: 'FORCE_CHANGE_PASSWORD', password: hash, temporarySince: nowMs } as const;
    let user: User;
    if (input.MessageAction === 'RESEND') {
      user = pool.updateUser(unconfirmedByOwner(pool.requireUser(input.Username)), temporary, nowMs);
    } else {
      user = newUser(pool, input.Username, input.UserAttributes, { ...temporary, nowMs });
      pool.addUser(user);
    }
    const to = user.attributes.email ?? user.attributes.phone_number;
    if (input.MessageAction !== 'SUPPRESS' && to !== undefined) context.sendMessage({ to, code: password });
    return { User: { ...userState(user), Attributes: attributesOf(user) } };
  },
);

function unconfirmedByOwner(user: User): User {
  if (user.status === 'FORCE_CHANGE_PASSWORD') return user;
  throw new CognitoError(
    'UnsupportedUserStateException',
    `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
  );
}

/** Sets a password: for good, which also confirms the user, or until the user's next sign-in. */
export const adminSetUserPassword = signedOperation(
  z.object({ ...ofUser, Password: text, Permanent: z.boolean().default(false) }),
  async (input, context) => {
    const { pool } = find(input, context);
    checkPasswordPolicy(pool.definition.passwordPolicy, input.Password, 'does not conform to');
    const password = await hashPassword(input.Password);
    const { user } = find(input, context);
    const nowMs = context.now();
    const state = input.Permanent
      ? ({ status: 'CONFIRMED', temporarySince: undefined } as const)
      : ({ status: 'FORCE_CHANGE_PASSWORD', temporarySince: nowMs } as const);
    pool.updateUser(user, { password, ...state }, nowMs);
    context.lockout.succeeded(user.sub);
    return {};
  },
);

/** Everything about a user but its password. */
export const adminGetUser = signedOperation(userName, async (input, context) => {
  const { user } = find(input, context);
  return { ...userState(user), UserAttributes: attributesOf(user) };
});

/** Sets attributes of a user; its `sub` and its password are none. */
export const adminUpdateUserAttributes = signedOperation(
  z.object({ ...ofUser, UserAttributes: attributeList }),
  async (input, context) => {
    const { pool, user } = find(input, context);
    checkAttributes(input.UserAttributes);
    for (const alias of pool.definition.usernameAttributes) {
      const other = pool.findUser(input.UserAttributes[alias] ?? user.sub);
      if (other !== undefined && other.sub !== user.sub) {
        throw new CognitoError('AliasExistsException', `An account with the ${alias} already exists.`);
      }
    }
    pool.updateUser(user, { attributes: { ...user.attributes, ...input.UserAttributes } }, context.now());
    return {};
  },
);

/** Keeps a user out: it cannot sign in or refresh, and its tokens are revoked. */
export const adminDisableUser = signedOperation(userName, async (input, context) => {
  const { pool, user } = find(input, context);
  pool.updateUser(user, { enabled: false }, context.now());
  pool.revokeSessions(user.sub);
  return {};
});

/** Lets a user in again; the tokens it had stay revoked. */
export const adminEnableUser = signedOperation(userName, async (input, context) => {
  const { pool, user } = find(input, context);
  pool.updateUser(user, { enabled: true }, context.now());
  return {};
});

/** Removes a user and its sessions. */
export const adminDeleteUser = signedOperation(userName, async (input, context) => {
  const { pool, user } = find(input, context);
  pool.deleteUser(user);
  return {};
});

/** Lists users, oldest first, 60 at most; `Filter` compares one attribute: `email = "a@b.c"`, `username ^= "al"`. */
export const listUsers = signedOperation(
  z.object({
    UserPoolId: text,
    Filter: z.string().optional(),
    Limit: z.number().int().min(0).max(60).default(60),
    PaginationToken: z.string().optional(),
  }),
  async (input, context) => {
    const fits = userFilter(input.Filter ?? '');
    const matching = context.pools.byId(input.UserPoolId).users().filter(fits);
    const start = Number(input.PaginationToken ?? 0);
    if (!Number.isSafeInteger(start) || start < 0) throw invalidParameter('Invalid pagination token.');
    const end = start + (input.Limit || 60);
    return {
      Users: matching.slice(start, end).map(user => ({ ...userState(user), Attributes: attributesOf(user) })),
      ...(end < matching.length && { PaginationToken: String(end) }),
    };
  },
);

function userFilter(filter: string): (user: User) => boolean {
  if (filter.trim() === '') return () => true;
  const [, name = '', operator, value = ''] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"(.*)"\s*$/.exec(filter) ?? [];
  if (operator === undefined)
    throw invalidParameter(`One or more parameters are invalid: Error while parsing filter: ${filter}`);
  return user => {
    const actual = filterValue(user, name);
    return operator === '=' ? actual === value : (actual?.startsWith(value) ?? false);
  };
}

function filterValue(user: User, name: string): string | undefined {
  if (name === 'sub') return user.sub;
  if (name === 'username') return user.username;
  if (name === 'cognito:user_status') return user.status;
  if (name === 'status') return user.enabled ? 'Enabled' : 'Disabled';
  return user.attributes[name];
}
