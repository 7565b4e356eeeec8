import { randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { onTestFinished } from 'vitest';
import { clientId, password, poolId, serve } from '../../local/cognito/support.ts';
import { elsewhere, told } from '../elsewhere.ts';

/** A user pool in which users sign in with an e-mail address and a password. */
export interface PoolUnderTest {
  client: CognitoIdentityProviderClient;
  poolId: string;
  clientId: string;
  /** One of the pool's groups. */
  group: string;
  /** Where its issuer's documents are. */
  documents: string;
  /** Makes a confirmed user with the usual password, who is removed after the test. */
  addUser(): Promise<{ email: string; sub: string }>;
  signIn(email: string, secret?: string): ReturnType<typeof signInTo>;
}

/**
 * The bank's pool on a server of the test's own, unless the suite runs elsewhere: there it is the pool of a stage,
 * CONFORMANCE_USER_POOL_ID, with its client CONFORMANCE_USER_POOL_CLIENT_ID.
 */
export async function poolUnderTest(): Promise<PoolUnderTest> {
  const settings = elsewhere('COGNITO');
  if (!settings) {
    const { client, url } = await serve();
    return poolOf(client, poolId, clientId, url);
  }
  const client = new CognitoIdentityProviderClient(settings);
  onTestFinished(() => client.destroy());
  const pool = told('CONFORMANCE_USER_POOL_ID');
  const documents = settings.endpoint ?? `https://cognito-idp.${pool.split('_')[0]}.amazonaws.com`;
  return poolOf(client, pool, told('CONFORMANCE_USER_POOL_CLIENT_ID'), documents);
}

function poolOf(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  app: string,
  documents: string,
): PoolUnderTest {
  return {
    client,
    poolId: UserPoolId,
    clientId: app,
    group: 'teller',
    documents: `${documents}/${UserPoolId}`,
    async addUser() {
      const email = `${randomUUID()}@conformance.example`;
      const user = { UserPoolId, Username: email };
      const UserAttributes = [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ];
      const made = await client.send(
        new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes }),
      );
      onTestFinished(async () => {
        await client.send(new AdminDeleteUserCommand(user));
      });
      await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
      const sub = made.User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
      return { email, sub };
    },
    signIn: (email, secret) => signInTo(client, app, email, secret),
  };
}

function signInTo(client: CognitoIdentityProviderClient, ClientId: string, email: string, secret = password) {
  const AuthParameters = { USERNAME: email, PASSWORD: secret };
  return client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
}
