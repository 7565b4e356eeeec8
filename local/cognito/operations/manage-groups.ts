import * as z from 'zod';
import { resourceNotFound } from '../cognito-error.ts';
import { signedOperation, text } from '../operation.ts';

const ofUser = { UserPoolId: text, Username: text };
const membership = z.object({ ...ofUser, GroupName: text });

/** Puts a user into a group of the pool; tokens signed from then on say so. */
export const adminAddUserToGroup = signedOperation(membership, async (input, context) => {
  const pool = context.pools.byId(input.UserPoolId);
  const user = pool.requireUser(input.Username);
  if (!pool.definition.groups.includes(input.GroupName)) throw resourceNotFound('Group not found.');
  const groups = [...new Set([...user.groups, input.GroupName])];
  pool.updateUser(user, { groups }, context.now());
  return {};
});

/** Takes a user out of a group. */
export const adminRemoveUserFromGroup = signedOperation(membership, async (input, context) => {
  const pool = context.pools.byId(input.UserPoolId);
  const user = pool.requireUser(input.Username);
  if (!pool.definition.groups.includes(input.GroupName)) throw resourceNotFound('Group not found.');
  pool.updateUser(user, { groups: user.groups.filter(group => group !== input.GroupName) }, context.now());
  return {};
});

/** The groups a user is in. */
export const adminListGroupsForUser = signedOperation(z.object(ofUser), async (input, context) => {
  const pool = context.pools.byId(input.UserPoolId);
  const user = pool.requireUser(input.Username);
  return { Groups: user.groups.map(GroupName => ({ GroupName, UserPoolId: input.UserPoolId })) };
});
