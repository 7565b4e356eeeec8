import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { tokens } from '../../local/cognito/support.ts';
import { poolUnderTest } from './user-pool.ts';

// The rules are those of the Amazon Cognito Developer Guide ("Understanding the access token", "the ID token", "Refresh tokens",
// "Verifying JSON web tokens") and of the API Reference; the words of the refusals are what the service answers.

const wrong = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

const read = async <Document>(address: string) => (await (await fetch(address)).json()) as Document;

describe('tokens', () => {
  test('an access token has the documented claims, groups among them, and verifies against the published key', async () => {
    const { client, poolId, clientId, group, documents, ...pool } = await poolUnderTest();
    const { email, sub } = await pool.addUser();
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId: poolId, Username: email, GroupName: group }));
    const { access } = tokens(await pool.signIn(email));
    const { issuer, jwks_uri } = await read<{ issuer: string; jwks_uri: string }>(
      `${documents}/.well-known/openid-configuration`,
    );
    const keySet = await read<JSONWebKeySet>(jwks_uri);
    expect(decodeProtectedHeader(access)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    const { payload } = await jwtVerify(access, createLocalJWKSet(keySet), { issuer });
    expect(payload).toMatchObject({
      sub,
      'cognito:groups': [group],
      client_id: clientId,
      token_use: 'access',
      origin_jti: expect.any(String),
      jti: expect.any(String),
      scope: 'aws.cognito.signin.user.admin',
      auth_time: payload.iat,
      username: expect.any(String),
    });
    expect(payload).not.toHaveProperty('aud');
    expect(payload).not.toHaveProperty('email');
  });

  test('an ID token tells who the user is, and for which client', async () => {
    const { clientId, ...pool } = await poolUnderTest();
    const { email, sub } = await pool.addUser();
    const { idClaims, accessClaims } = tokens(await pool.signIn(email));
    expect(idClaims).toMatchObject({
      sub,
      aud: clientId,
      token_use: 'id',
      email,
      email_verified: true,
      origin_jti: accessClaims.origin_jti,
    });
    expect(idClaims).not.toHaveProperty('cognito:groups');
    expect(idClaims).not.toHaveProperty('client_id');
  });

  test('a refresh token gets new tokens of the same sign-in, and no other refresh token', async () => {
    const { client, clientId, ...pool } = await poolUnderTest();
    const { email } = await pool.addUser();
    const first = tokens(await pool.signIn(email));
    const AuthParameters = { REFRESH_TOKEN: first.refreshToken };
    const answer = await client.send(
      new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }),
    );
    const next = tokens(answer);
    expect(next.accessClaims.origin_jti).toBe(first.accessClaims.origin_jti);
    expect(next.accessClaims.jti).not.toBe(first.accessClaims.jti);
    expect(next.refreshToken).toBe('');
  });

  test('a refresh token gets nothing once its user was signed out everywhere', async () => {
    const { client, clientId, poolId, ...pool } = await poolUnderTest();
    const { email } = await pool.addUser();
    const { refreshToken } = tokens(await pool.signIn(email));
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: email }));
    const AuthParameters = { REFRESH_TOKEN: refreshToken };
    await expect(
      client.send(new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters })),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});

describe('signing in', () => {
  test('a wrong password and an unknown user are refused alike', async () => {
    const pool = await poolUnderTest();
    const { email } = await pool.addUser();
    await expect(pool.signIn(email, 'Wr0ng-horse-battery')).rejects.toMatchObject(wrong);
    await expect(pool.signIn('nobody@conformance.example')).rejects.toMatchObject(wrong);
  });

  test('a disabled user is refused until it is enabled again', async () => {
    const { client, poolId, ...pool } = await poolUnderTest();
    const { email } = await pool.addUser();
    const user = { UserPoolId: poolId, Username: email };
    await client.send(new AdminDisableUserCommand(user));
    await expect(pool.signIn(email)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
    });
    await client.send(new AdminEnableUserCommand(user));
    expect(tokens(await pool.signIn(email)).access).not.toBe('');
  });

  test('a temporary password must be replaced before there are tokens', async () => {
    const { client, poolId, clientId, ...pool } = await poolUnderTest();
    const { email } = await pool.addUser();
    const user = { UserPoolId: poolId, Username: email };
    const temporary = 'T3mporary-horse';
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: temporary, Permanent: false }));
    const { ChallengeName, Session, AuthenticationResult } = await pool.signIn(email, temporary);
    expect([ChallengeName, AuthenticationResult]).toEqual(['NEW_PASSWORD_REQUIRED', undefined]);
    const answered = await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD: 'Brand-n3w-horse' },
      }),
    );
    expect(tokens(answered).access).not.toBe('');
  });

  test('a password that the policy does not allow is refused', async () => {
    const { client, poolId, ...pool } = await poolUnderTest();
    const { email } = await pool.addUser();
    const change = { UserPoolId: poolId, Username: email, Password: 'short', Permanent: true };
    await expect(client.send(new AdminSetUserPasswordCommand(change))).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
  });
});
