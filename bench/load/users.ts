import { randomBytes, randomUUID } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Role } from '../../lambdas/domain/caller.ts';

/** The user pool of a bank, and how an SDK client finds it. */
export interface Pool {
  userPoolId: string;
  clientId: string;
  client: CognitoIdentityProviderClientConfig;
}

/** Somebody who can sign in. */
export interface User {
  email: string;
  /** Signs the user in. @returns an access token, which lives for a quarter of an hour. */
  signIn(): Promise<string>;
  remove(): Promise<void>;
}

/** Makes users in a pool, each with a random password that nobody is told. */
export function createUsers({ userPoolId, clientId, client }: Pool): { add(...groups: Role[]): Promise<User> } {
  const cognito = new CognitoIdentityProviderClient(client);
  return {
    async add(...groups) {
      const email = `load-${randomUUID()}@load.example`;
      const password = `Aa1!${randomBytes(24).toString('base64url')}`;
      const who = { UserPoolId: userPoolId, Username: email };
      const UserAttributes = [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ];
      await cognito.send(new AdminCreateUserCommand({ ...who, UserAttributes, MessageAction: 'SUPPRESS' }));
      await cognito.send(new AdminSetUserPasswordCommand({ ...who, Password: password, Permanent: true }));
      for (const GroupName of groups) {
        await cognito.send(new AdminAddUserToGroupCommand({ ...who, GroupName }));
      }
      return {
        email,
        async signIn() {
          const { AuthenticationResult } = await cognito.send(
            new InitiateAuthCommand({
              AuthFlow: 'USER_PASSWORD_AUTH',
              ClientId: clientId,
              AuthParameters: { USERNAME: email, PASSWORD: password },
            }),
          );
          if (!AuthenticationResult?.AccessToken) {
            throw new Error('The user pool asked for more than a password');
          }
          return AuthenticationResult.AccessToken;
        },
        async remove() {
          await cognito.send(new AdminDeleteUserCommand(who));
        },
      };
    },
  };
}
