import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Role } from '../../lambdas/domain/caller.ts';
import { demoPassword, emailOf } from './users.ts';

/** The user pool of a local bank. */
export interface Identity {
  endpoint: string;
  userPoolId: string;
  userPoolClientId: string;
}

/** The user pool of a local cloud, from what it tells of itself. */
export function identityOf(cloud: { endpoints: Record<string, string>; outputs: Record<string, string> }): Identity {
  return {
    endpoint: cloud.endpoints['cognito-identity-provider'] ?? '',
    userPoolId: cloud.outputs.UserPoolId ?? '',
    userPoolClientId: cloud.outputs.UserPoolClientId ?? '',
  };
}

const clients = new Map<string, CognitoIdentityProviderClient>();

/** The client of a user pool's endpoint, which keeps its connections from one user to the next. */
function clientOf({ endpoint }: Identity): CognitoIdentityProviderClient {
  const client =
    clients.get(endpoint) ??
    new CognitoIdentityProviderClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  clients.set(endpoint, client);
  return client;
}

/** Makes a user with the demo password in these groups, or finds the one that is there. @returns its `sub`. */
export async function ensureUser(identity: Identity, name: string, groups: readonly Role[]): Promise<string> {
  const client = clientOf(identity);
  const who = { UserPoolId: identity.userPoolId, Username: emailOf(name) };
  const attributes = [
    { Name: 'email', Value: emailOf(name) },
    { Name: 'email_verified', Value: 'true' },
  ];
  await client
    .send(new AdminCreateUserCommand({ ...who, UserAttributes: attributes, MessageAction: 'SUPPRESS' }))
    .catch((error: Error) => {
      if (error.name !== 'UsernameExistsException') {
        throw error;
      }
    });
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: demoPassword, Permanent: true }));
  for (const GroupName of groups) {
    await client.send(new AdminAddUserToGroupCommand({ ...who, GroupName }));
  }
  const { UserAttributes = [] } = await client.send(new AdminGetUserCommand(who));
  const sub = UserAttributes.find(attribute => attribute.Name === 'sub')?.Value;
  if (!sub) {
    throw new Error(`The user pool gave ${name} no sub`);
  }
  return sub;
}

/** Signs a demo user in. @returns its access token. */
export async function accessToken(identity: Identity, name: string): Promise<string> {
  const { AuthenticationResult } = await clientOf(identity).send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: identity.userPoolClientId,
      AuthParameters: { USERNAME: emailOf(name), PASSWORD: demoPassword },
    }),
  );
  if (!AuthenticationResult?.AccessToken) {
    throw new Error(`The user pool asked ${name} for more than a password`);
  }
  return AuthenticationResult.AccessToken;
}
