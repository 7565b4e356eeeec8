import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Role } from '../domain/caller.ts';

/** A user of a pool. */
export interface PoolUser {
  userPoolId: string;
  /** Cognito's user name. */
  username: string;
}

/** A Cognito client that has tried three times within five seconds: Cognito gives a trigger no more. */
export function cognitoClient(config: CognitoIdentityProviderClientConfig = {}): CognitoIdentityProviderClient {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 500,
    requestTimeout: 1_200,
    throwOnRequestTimeout: true,
  });
  return new CognitoIdentityProviderClient({ maxAttempts: 3, requestHandler, ...config });
}

/** Puts a user into a role's group; tokens issued from then on say so. Doing it again changes nothing. Throws Cognito's error. */
export async function addUserToGroup(user: PoolUser, role: Role, client = cognitoClient()): Promise<void> {
  const { userPoolId, username } = user;
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: username, GroupName: role }));
}
