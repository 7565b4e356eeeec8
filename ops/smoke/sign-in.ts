import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CommandError } from '../../local/command-error.ts';
import type { Target } from '../target.ts';

/**
 * Signs a user of the target's pool in by password.
 *
 * @returns its access token.
 * @throws CommandError when the pool does not let it in, or asks for more than a password.
 */
export async function signIn(target: Target, user: string, password: string): Promise<string> {
  const client = new CognitoIdentityProviderClient(target.client('cognito-identity-provider'));
  const request = new InitiateAuthCommand({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: target.output('UserPoolClientId'),
    AuthParameters: { USERNAME: user, PASSWORD: password },
  });
  const answer = await client.send(request).catch((error: Error) => {
    throw new CommandError(`${user} could not sign in: ${error.message}`);
  });
  const token = answer.AuthenticationResult?.AccessToken;
  if (token === undefined) {
    throw new CommandError(`${user} was asked for more than a password (${answer.ChallengeName}): give --token.`);
  }
  return token;
}
