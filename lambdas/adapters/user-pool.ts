import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { BankError } from '../domain/errors.ts';
import { cognitoClient } from './user-groups.ts';

/** The identity provider's half of keeping a user out: no sign-in, no refresh. Both may be repeated. */
export interface UserPool {
  disable(userId: string): Promise<void>;
  enable(userId: string): Promise<void>;
}

/**
 * A Cognito user pool whose users sign in by email: there a user's name is its `sub`, which is the bank's id of it.
 * Throws BankError USER_NOT_FOUND, and UNAVAILABLE for anything else that Cognito says, as both commands are safe to send again.
 */
export function createUserPool(userPoolId: string, client: CognitoIdentityProviderClient = cognitoClient()): UserPool {
  return {
    disable: userId =>
      translated(async () => {
        const user = { UserPoolId: userPoolId, Username: userId };
        await client.send(new AdminDisableUserCommand(user));
        await client.send(new AdminUserGlobalSignOutCommand(user));
      }),
    enable: userId =>
      translated(async () => {
        await client.send(new AdminEnableUserCommand({ UserPoolId: userPoolId, Username: userId }));
      }),
  };
}

async function translated(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'UserNotFoundException') {
      throw new BankError('USER_NOT_FOUND', { fields: [{ field: 'id', message: 'is no user' }], cause });
    }
    throw new BankError('UNAVAILABLE', { detail: 'The request may be sent again.', retryAfter: 1, cause });
  }
}
