import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { addUser, clientId, clock, password, poolId, refresh, serve, signIn, signUp, tokens } from './support.ts';

const alice = { UserPoolId: poolId, Username: 'alice@bank.test' };
const whoAmI = (AccessToken: string) => new GetUserCommand({ AccessToken });
const revoked = { name: 'NotAuthorizedException', message: 'Access Token has been revoked' };

/** Two sign-ins of one user. */
async function signedInTwice(time = clock()) {
  const { client, ...rest } = await serve({ now: time.now });
  await addUser(client, 'alice@bank.test');
  const first = tokens(await signIn(client, 'alice@bank.test'));
  const second = tokens(await signIn(client, 'alice@bank.test'));
  return { ...rest, client, first, second, time };
}

describe('signing out', () => {
  test('globally ends every session: access tokens are revoked and refresh tokens refused', async () => {
    const { client, first, second } = await signedInTwice();
    await client.send(new GlobalSignOutCommand({ AccessToken: first.access }));
    for (const { access, refreshToken } of [first, second]) {
      await expect(client.send(whoAmI(access))).rejects.toMatchObject(revoked);
      await expect(refresh(client, refreshToken)).rejects.toThrow('Refresh Token has been revoked');
    }
    await signIn(client, 'alice@bank.test');
  });

  test('by an administrator does the same', async () => {
    const { client, first, second } = await signedInTwice();
    await client.send(new AdminUserGlobalSignOutCommand(alice));
    await expect(client.send(whoAmI(first.access))).rejects.toMatchObject(revoked);
    await expect(refresh(client, second.refreshToken)).rejects.toThrow('Refresh Token has been revoked');
  });

  test('by revoking a refresh token ends that session and no other', async () => {
    const { client, first, second } = await signedInTwice();
    const refreshed = tokens(await refresh(client, first.refreshToken));
    const command = new RevokeTokenCommand({ ClientId: clientId, Token: first.refreshToken });
    await client.send(command);
    await client.send(command);
    await expect(client.send(whoAmI(first.access))).rejects.toMatchObject(revoked);
    await expect(client.send(whoAmI(refreshed.access))).rejects.toMatchObject(revoked);
    await client.send(whoAmI(second.access));
    await refresh(client, second.refreshToken);
  });

  test('an access token cannot be revoked so, nor the token of another client', async () => {
    const { client, first } = await signedInTwice();
    const access = new RevokeTokenCommand({ ClientId: clientId, Token: first.access });
    await expect(client.send(access)).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
    const other = new RevokeTokenCommand({ ClientId: 'other', Token: first.refreshToken });
    await expect(client.send(other)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const unknown = new RevokeTokenCommand({ ClientId: clientId, Token: 'nothing' });
    await expect(client.send(unknown)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await client.send(whoAmI(first.access));
  });
});

describe('the bearer of an access token', () => {
  test('is told who it is', async () => {
    const { client, first } = await signedInTwice();
    const user = await client.send(whoAmI(first.access));
    expect(user.Username).toBe(first.accessClaims.sub);
    expect(user.UserAttributes).toContainEqual({ Name: 'email', Value: 'alice@bank.test' });
  });

  test.each([
    ['an ID token', (pair: { id: string }) => pair.id],
    ['a forged one', (pair: { access: string }) => `${pair.access.slice(0, -6)}AAAAAA`],
    ['text', () => 'hello'],
  ])('%s is no access token', async (_what, pick) => {
    const { client, first } = await signedInTwice();
    await expect(client.send(whoAmI(pick(first)))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid Access Token',
    });
  });

  test('is refused once the token has expired', async () => {
    const { client, first, time } = await signedInTwice();
    time.forward(60 * 60 * 1000);
    await expect(client.send(whoAmI(first.access))).rejects.toThrow('Access Token has expired');
  });

  test('is refused when it is disabled or deleted', async () => {
    const { client, first } = await signedInTwice();
    await client.send(new AdminDisableUserCommand(alice));
    await expect(client.send(whoAmI(first.access))).rejects.toThrow('User is disabled.');
    await client.send(new AdminDeleteUserCommand(alice));
    await expect(client.send(whoAmI(first.access))).rejects.toMatchObject({ name: 'UserNotFoundException' });
    await expect(refresh(client, first.refreshToken)).rejects.toThrow('Invalid Refresh Token');
    await expect(signIn(client, 'alice@bank.test')).rejects.toThrow('Incorrect username or password.');
  });
});

describe('a password', () => {
  test('is changed by who knows the old one', async () => {
    const { client, first } = await signedInTwice();
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      client.send(new ChangePasswordCommand({ AccessToken: first.access, PreviousPassword, ProposedPassword }));
    await expect(change('Wr0ng-horse', 'An0ther-horse')).rejects.toThrow('Incorrect username or password.');
    await expect(change(password, 'weak')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    await change(password, 'An0ther-horse');
    await expect(signIn(client, 'alice@bank.test')).rejects.toThrow('Incorrect username or password.');
    await signIn(client, 'alice@bank.test', 'An0ther-horse');
  });

  test('that is forgotten is set anew by a code, which works once', async () => {
    const { client, code } = await signedInTwice();
    const ofUser = { ClientId: clientId, Username: 'alice@bank.test' };
    const sent = await client.send(new ForgotPasswordCommand(ofUser));
    expect(sent.CodeDeliveryDetails?.Destination).toBe('a***@b***');
    const ConfirmationCode = code('alice@bank.test');
    const reset = new ConfirmForgotPasswordCommand({ ...ofUser, ConfirmationCode, Password: 'An0ther-horse' });
    const wrongCode = ConfirmationCode === '000000' ? '000001' : '000000';
    const guess = new ConfirmForgotPasswordCommand({ ...reset.input, ConfirmationCode: wrongCode });
    await expect(client.send(guess)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await client.send(reset);
    await signIn(client, 'alice@bank.test', 'An0ther-horse');
    await expect(client.send(reset)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });

  test('cannot be reset by one who has no verified address, and nobody learns who has', async () => {
    const { client, code } = await serve();
    await signUp(client, 'bob@bank.test');
    const signUpCode = code('bob@bank.test');
    for (const Username of ['bob@bank.test', 'nobody@bank.test']) {
      const sent = await client.send(new ForgotPasswordCommand({ ClientId: clientId, Username }));
      expect(sent.CodeDeliveryDetails?.DeliveryMedium).toBe('EMAIL');
    }
    expect(code('bob@bank.test')).toBe(signUpCode);
    expect(code('nobody@bank.test')).toBe('none');
    const guess = { ClientId: clientId, Username: 'nobody@bank.test', ConfirmationCode: '123456', Password: password };
    await expect(client.send(new ConfirmForgotPasswordCommand(guess))).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
  });
});
