import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { addUser, adminSignIn, clientId, clock, password, poolId, refresh, serve, signIn, tokens } from './support.ts';

const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`;
const alice = { UserPoolId: poolId, Username: 'alice@bank.test' };
const wrong = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

describe('tokens', () => {
  test('an access token has the claims of Cognito and verifies against the published key', async () => {
    const time = clock();
    const { client, jwks } = await serve({ now: time.now });
    const username = await addUser(client, 'alice@bank.test');
    await client.send(new AdminAddUserToGroupCommand({ ...alice, GroupName: 'teller' }));
    const output = await signIn(client, 'alice@bank.test');
    expect(output.AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
    const { access } = tokens(output);
    const keySet = await jwks(issuer);
    expect(decodeProtectedHeader(access)).toEqual({ alg: 'RS256', kid: keySet.keys[0]?.kid });
    const { payload } = await jwtVerify(access, createLocalJWKSet(keySet), { issuer });
    const now = Math.floor(time.now() / 1000);
    expect(payload).toEqual({
      sub: username,
      'cognito:groups': ['teller'],
      iss: issuer,
      client_id: clientId,
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: now,
      exp: now + 3600,
      iat: now,
      jti: expect.any(String),
      username,
    });
  });

  test('an ID token tells who the user is, and for which client', async () => {
    const { client } = await serve();
    const username = await addUser(client, 'alice@bank.test');
    const { idClaims, accessClaims } = tokens(await signIn(client, 'alice@bank.test'));
    expect(idClaims).toMatchObject({
      sub: username,
      aud: clientId,
      token_use: 'id',
      email: 'alice@bank.test',
      email_verified: true,
      'cognito:username': username,
      origin_jti: accessClaims.origin_jti,
    });
    expect(idClaims).not.toHaveProperty('cognito:groups');
    expect((idClaims.exp ?? 0) - (idClaims.iat ?? 0)).toBe(30 * 60);
  });

  test('discovery leads to the key set', async () => {
    const { url, jwks } = await serve();
    const read = (address: string) => fetch(address).then(reply => reply.json());
    const keySetAddress = `${url}/${poolId}/.well-known/jwks.json`;
    const found = await read(`${url}/${poolId}/.well-known/openid-configuration`);
    expect(found).toMatchObject({ issuer, jwks_uri: keySetAddress });
    expect(await read(keySetAddress)).toEqual(await jwks(issuer));
    expect((await fetch(`${url}/us-east-1_None/.well-known/jwks.json`)).status).toBe(404);
    await expect(jwks(`${issuer}2`)).rejects.toThrow('no user pool');
  });
});

describe('signing in', () => {
  test('an administrator signs a user in through the admin flow', async () => {
    const { client } = await serve();
    const username = await addUser(client, 'alice@bank.test');
    expect(tokens(await adminSignIn(client, 'alice@bank.test')).accessClaims.sub).toBe(username);
    expect(tokens(await adminSignIn(client, username)).accessClaims.sub).toBe(username);
  });

  test('a wrong password and an unknown user are refused alike', async () => {
    const { client } = await serve();
    await addUser(client, 'alice@bank.test');
    await expect(signIn(client, 'alice@bank.test', 'Wr0ng-horse')).rejects.toMatchObject(wrong);
    await expect(signIn(client, 'nobody@bank.test')).rejects.toMatchObject(wrong);
    await expect(adminSignIn(client, 'nobody@bank.test')).rejects.toMatchObject(wrong);
  });

  test('five wrong passwords lock a user out for a second, a sixth for two', async () => {
    const time = clock();
    const { client } = await serve({ now: time.now });
    await addUser(client, 'alice@bank.test');
    const fail = () => expect(signIn(client, 'alice@bank.test', 'Wr0ng-horse')).rejects.toMatchObject(wrong);
    const locked = { name: 'NotAuthorizedException', message: 'Password attempts exceeded' };
    for (let attempt = 0; attempt < 5; attempt++) await fail();
    await expect(signIn(client, 'alice@bank.test')).rejects.toMatchObject(locked);
    time.forward(1000);
    await fail();
    time.forward(1999);
    await expect(signIn(client, 'alice@bank.test')).rejects.toMatchObject(locked);
    time.forward(1);
    await signIn(client, 'alice@bank.test');
    await fail();
  });

  test('a flow that the client does not allow is refused', async () => {
    const { client } = await serve();
    await addUser(client, 'alice@bank.test');
    await expect(signIn(client, 'alice@bank.test', password, 'other')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'USER_PASSWORD_AUTH flow not enabled for this client',
    });
    const admin = new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' });
    await expect(client.send(admin)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('a missing password is named', async () => {
    const { client } = await serve();
    const AuthParameters = { USERNAME: 'alice@bank.test' };
    const command = new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    await expect(client.send(command)).rejects.toThrow('Missing required parameter PASSWORD');
  });
});

describe('refreshing', () => {
  test('gives new tokens of the same sign-in, with the groups as they are by then', async () => {
    const time = clock();
    const { client } = await serve({ now: time.now });
    await addUser(client, 'alice@bank.test');
    const first = tokens(await signIn(client, 'alice@bank.test'));
    time.forward(60_000);
    await client.send(new AdminAddUserToGroupCommand({ ...alice, GroupName: 'ops' }));
    const output = await refresh(client, first.refreshToken);
    const second = tokens(output);
    expect(output.AuthenticationResult).not.toHaveProperty('RefreshToken');
    expect(second.accessClaims).toMatchObject({
      origin_jti: first.accessClaims.origin_jti,
      auth_time: first.accessClaims.auth_time,
      iat: (first.accessClaims.iat ?? 0) + 60,
      'cognito:groups': ['ops'],
    });
    expect(second.accessClaims.jti).not.toBe(first.accessClaims.jti);
  });

  test('a refresh token is good for its days', async () => {
    const time = clock();
    const { client } = await serve({ now: time.now });
    await addUser(client, 'alice@bank.test');
    const { refreshToken } = tokens(await signIn(client, 'alice@bank.test'));
    time.forward(24 * 60 * 60 * 1000);
    await expect(refresh(client, refreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Refresh Token has expired',
    });
  });

  test("a made-up refresh token and another client's are invalid", async () => {
    const { client } = await serve();
    await addUser(client, 'alice@bank.test');
    const { refreshToken, access } = tokens(await signIn(client, 'alice@bank.test'));
    const invalid = { name: 'NotAuthorizedException', message: 'Invalid Refresh Token' };
    await expect(refresh(client, `${refreshToken}x`)).rejects.toMatchObject(invalid);
    await expect(refresh(client, access)).rejects.toMatchObject(invalid);
    await expect(refresh(client, refreshToken, 'other')).rejects.toMatchObject(invalid);
  });

  test('a disabled user cannot refresh, nor with the old token once it is enabled', async () => {
    const { client } = await serve();
    await addUser(client, 'alice@bank.test');
    const { refreshToken } = tokens(await signIn(client, 'alice@bank.test'));
    await client.send(new AdminDisableUserCommand(alice));
    await expect(refresh(client, refreshToken)).rejects.toThrow('User is disabled.');
    await client.send(new AdminEnableUserCommand(alice));
    await expect(refresh(client, refreshToken)).rejects.toThrow('Refresh Token has been revoked');
  });
});

describe('a temporary password', () => {
  const answer = (Session: string | undefined, NEW_PASSWORD: string, Username = 'alice@bank.test') =>
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: Username, NEW_PASSWORD, 'userAttributes.name': 'Alice' },
    });

  test('signs in only to a challenge, which the new password answers once', async () => {
    const { client, code } = await serve();
    const made = await client.send(new AdminCreateUserCommand(alice));
    expect(made.User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    const challenge = await signIn(client, 'alice@bank.test', code('alice@bank.test'));
    expect(challenge.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(challenge.AuthenticationResult).toBeUndefined();
    await expect(client.send(answer(challenge.Session, 'weak'))).rejects.toMatchObject({
      name: 'InvalidPasswordException',
      message: 'Password does not conform to policy: Password not long enough',
    });
    await expect(client.send(answer(challenge.Session, password, 'eve@bank.test'))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid session for the user.',
    });
    const { idClaims } = tokens(await client.send(answer(challenge.Session, password)));
    expect(idClaims).toMatchObject({ email: 'alice@bank.test', name: 'Alice' });
    await expect(client.send(answer(challenge.Session, password))).rejects.toThrow('Invalid session for the user.');
    await signIn(client, 'alice@bank.test');
  });

  test('leaves three minutes for the new one', async () => {
    const time = clock();
    const { client, code } = await serve({ now: time.now });
    await client.send(new AdminCreateUserCommand(alice));
    const challenge = await signIn(client, 'alice@bank.test', code('alice@bank.test'));
    time.forward(3 * 60 * 1000);
    await expect(client.send(answer(challenge.Session, password))).rejects.toThrow('session is expired');
  });

  test('is good for a week', async () => {
    const time = clock();
    const { client } = await serve({ now: time.now });
    await addUser(client, 'alice@bank.test');
    await client.send(new AdminSetUserPasswordCommand({ ...alice, Password: 'Temp0rary-one', Permanent: false }));
    time.forward(7 * 24 * 60 * 60 * 1000);
    await expect(signIn(client, 'alice@bank.test', 'Temp0rary-one')).rejects.toThrow('Temporary password has expired');
  });
});
