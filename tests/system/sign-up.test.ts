import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSystem, type TestSystem } from '../support/system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.close());

const email = 'newcomer@x.example';
const password = 'A-long-enough-passw0rd';

/** Signs up as a person does: with the client's id and the code that comes by mail, without AWS credentials. */
async function signUp(): Promise<string> {
  const client = new CognitoIdentityProviderClient({
    endpoint: system.identity.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const who = { ClientId: system.identity.userPoolClientId, Username: email };
  await client.send(
    new SignUpCommand({ ...who, Password: password, UserAttributes: [{ Name: 'email', Value: email }] }),
  );
  const code = new RegExp(`cognito to ${email}: (\\d+)`).exec(system.log())?.[1] ?? '';
  await client.send(new ConfirmSignUpCommand({ ...who, ConfirmationCode: code }));
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: who.ClientId,
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  return AuthenticationResult?.AccessToken ?? '';
}

describe('somebody who signs up and confirms the address', () => {
  let token: string;
  beforeAll(async () => {
    token = await signUp();
  });

  test('gets a token of the group customer, for a quarter of an hour', () => {
    const claims = decodeJwt(token);
    expect(claims['cognito:groups']).toEqual(['customer']);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(15 * 60);
  });

  test('is let in as a customer whom the bank does not know yet', async () => {
    const reply = await system.call(token, 'GET', '/customers/me');
    expect(reply).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
  });

  test('is let into nothing that is for staff', async () => {
    const reply = await system.call(token, 'GET', `/customers/${decodeJwt(token).sub}`);
    expect(reply).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });
});
