import * as z from 'zod';
import { invalidParameter, notAuthorized, userDisabled } from '../cognito-error.ts';
import { type OperationContext, operation, signedOperation, text } from '../operation.ts';
import { checkPasswordPolicy, hashPassword } from '../passwords.ts';
import { startSession } from '../tokens.ts';
import { checkAttributes } from '../user-view.ts';

const challengeAnswer = z.object({
  ClientId: text,
  ChallengeName: text,
  Session: text,
  ChallengeResponses: z.record(z.string(), z.string()).default({}),
});

/** Gives the new password that a sign-in with a temporary one asked for, and so completes it. */
export const respondToAuthChallenge = operation(challengeAnswer, answerChallenge);

/** The same for a server that holds IAM credentials. */
export const adminRespondToAuthChallenge = signedOperation(
  challengeAnswer.extend({ UserPoolId: text }),
  async (input, context) => {
    context.pools.byId(input.UserPoolId);
    return await answerChallenge(input, context);
  },
);

async function answerChallenge(input: z.infer<typeof challengeAnswer>, context: OperationContext): Promise<object> {
  const { pool, client } = context.pools.byClient(input.ClientId);
  const { ChallengeResponses: responses } = input;
  if (input.ChallengeName !== 'NEW_PASSWORD_REQUIRED') throw invalidParameter('Unknown challenge name.');
  const challenge = context.challenges.get(input.Session);
  const named = pool.findUser(responses.USERNAME ?? '');
  if (challenge === undefined || challenge.clientId !== client.id || challenge.sub !== named?.sub) {
    throw notAuthorized('Invalid session for the user.');
  }
  if (context.now() >= challenge.expiresAt) {
    context.challenges.delete(input.Session);
    throw notAuthorized('Invalid session for the user, session is expired.');
  }
  const password = responses.NEW_PASSWORD;
  if (password === undefined) throw invalidParameter('Missing required parameter NEW_PASSWORD');
  checkPasswordPolicy(pool.definition.passwordPolicy, password, 'does not conform to');
  const added = attributesIn(responses);
  checkAttributes(added);

  const hash = await hashPassword(password);
  const user = pool.userBySub(challenge.sub);
  if (user === undefined || !context.challenges.delete(input.Session)) {
    throw notAuthorized('Invalid session for the user.');
  }
  if (!user.enabled) throw userDisabled();
  const attributes = { ...user.attributes, ...added };
  const changes = { status: 'CONFIRMED', password: hash, temporarySince: undefined, attributes } as const;
  const changed = pool.updateUser(user, changes, context.now());
  return { ChallengeParameters: {}, AuthenticationResult: await startSession(pool, client, changed, context.now()) };
}

/** Attributes that the user adds while it is at it come as `userAttributes.name`. */
function attributesIn(responses: Record<string, string>): Record<string, string> {
  const prefix = 'userAttributes.';
  const added = Object.entries(responses).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(added.map(([name, value]) => [name.slice(prefix.length), value]));
}
