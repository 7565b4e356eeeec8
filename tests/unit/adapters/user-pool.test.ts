import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { createUserPool } from '../../../lambdas/adapters/user-pool.ts';
import { bankErrorOf } from '../support/errors.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const pool = createUserPool('pool', new CognitoIdentityProviderClient({ region: 'us-east-1' }));
beforeEach(() => {
  cognito.reset();
});

test('a user who is disabled is signed out everywhere, too', async () => {
  await pool.disable('user');
  const user = { UserPoolId: 'pool', Username: 'user' };
  expect(cognito.commandCalls(AdminDisableUserCommand, user)).toHaveLength(1);
  expect(cognito.commandCalls(AdminUserGlobalSignOutCommand, user)).toHaveLength(1);
});

test('a user whom the pool does not have is not found', async () => {
  cognito.on(AdminEnableUserCommand).rejects(Object.assign(new Error('no'), { name: 'UserNotFoundException' }));
  expect(await bankErrorOf(() => pool.enable('user'))).toMatchObject({
    code: 'USER_NOT_FOUND',
    details: { fields: [{ field: 'id' }] },
  });
});

test('a pool that does not answer is told as unavailable, to be asked again', async () => {
  cognito.on(AdminDisableUserCommand).rejects(Object.assign(new Error('secret word'), { name: 'TimeoutError' }));
  const error = await bankErrorOf(() => pool.disable('user'));
  expect(error).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 1 } });
  expect(error.message).not.toContain('secret word');
});
