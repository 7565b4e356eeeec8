import * as z from 'zod';
import { CognitoError } from './cognito-error.ts';
import type { OperationContext } from './operation.ts';
import type { User } from './pool-records.ts';
import type { UserPool } from './user-pool.ts';
import { attributesOf } from './user-view.ts';

/** What became of a trigger's function: the event it gave back, or why it failed. */
export type TriggerOutcome = { payload: unknown } | { fault: string };

/** Invokes a pool's function. Rejects when the function cannot be invoked at all. */
export type RunTrigger = (functionName: string, event: object) => Promise<TriggerOutcome>;

export type PostConfirmationSource = 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword';

/**
 * Tells the pool's post-confirmation function of a user who is confirmed by now, and waits for it, as Cognito does (Amazon
 * Cognito Developer Guide, "Post confirmation Lambda trigger"). The user stays confirmed whatever comes of it.
 *
 * @throws CognitoError UserLambdaValidationException when the function fails, UnexpectedLambdaException when it cannot be
 * invoked, InvalidLambdaResponseException when it does not give an event back.
 */
export async function runPostConfirmation(
  pool: UserPool,
  user: User,
  triggerSource: PostConfirmationSource,
  clientId: string,
  context: OperationContext,
): Promise<void> {
  const { id, postConfirmation } = pool.definition;
  if (postConfirmation === undefined) return;
  const attributes = attributesOf(user).map(({ Name, Value }) => [Name, Value]);
  const event = {
    version: '1',
    region: id.split('_')[0],
    userPoolId: id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    triggerSource,
    request: { userAttributes: { ...Object.fromEntries(attributes), 'cognito:user_status': user.status } },
    response: {},
  };
  const outcome = await context.runTrigger(postConfirmation, event).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CognitoError('UnexpectedLambdaException', `PostConfirmation invocation failed due to error ${reason}.`);
  });
  if ('fault' in outcome) {
    throw new CognitoError('UserLambdaValidationException', `PostConfirmation failed with error ${outcome.fault}.`);
  }
  if (!z.object({}).safeParse(outcome.payload).success) {
    throw new CognitoError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
}
