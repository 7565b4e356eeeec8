import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { RunTrigger, TriggerOutcome } from '../../../local/cognito/lambda-triggers.ts';
import { addUser, bankPool, clientId, connect, poolId, serve, signIn, signUp, tokens } from './support.ts';

const alice = 'alice@bank.test';
const confirm = (ConfirmationCode: string) =>
  new ConfirmSignUpCommand({ ClientId: clientId, Username: alice, ConfirmationCode });
const statusOf = async (client: CognitoIdentityProviderClient) =>
  (await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: alice }))).UserStatus;

/** A pool with a post-confirmation function, and the events it was given. */
async function serveTrigger(run: RunTrigger = async (_name, payload) => ({ payload })) {
  const events: object[] = [];
  const served = await serve({
    pools: [bankPool({ postConfirmation: 'welcome' })],
    onTrigger: (name, event) => {
      events.push({ name, ...event });
      return run(name, event);
    },
  });
  return { ...served, events };
}

describe('the post-confirmation function', () => {
  test('is told, in the words that Cognito has for it, of a user who confirmed its sign-up', async () => {
    const { client, code, events } = await serveTrigger();
    const { UserSub } = await signUp(client, alice);
    expect(events).toEqual([]);
    await client.send(confirm(code(alice)));
    expect(events).toEqual([
      {
        name: 'welcome',
        version: '1',
        region: 'us-east-1',
        userPoolId: poolId,
        userName: UserSub,
        callerContext: { awsSdkVersion: expect.any(String), clientId },
        triggerSource: 'PostConfirmation_ConfirmSignUp',
        request: {
          userAttributes: {
            sub: UserSub,
            email: alice,
            email_verified: 'true',
            'cognito:user_status': 'CONFIRMED',
          },
        },
        response: {},
      },
    ]);
  });

  test('may put the user into a group, which the first token names', async () => {
    const run: RunTrigger = async (_name, event) => {
      const { userName: Username } = event as { userName: string };
      const group = { UserPoolId: poolId, Username, GroupName: 'teller' };
      await connect(url).send(new AdminAddUserToGroupCommand(group));
      return { payload: event };
    };
    const { client, code, url } = await serveTrigger(run);
    await signUp(client, alice);
    await client.send(confirm(code(alice)));
    expect(tokens(await signIn(client, alice)).accessClaims['cognito:groups']).toEqual(['teller']);
  });

  test('is told of a user whom an administrator confirmed', async () => {
    const { client, events } = await serveTrigger();
    await signUp(client, alice);
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username: alice }));
    expect(events).toMatchObject([{ triggerSource: 'PostConfirmation_ConfirmSignUp' }]);
  });

  test('is told of a user who confirmed a new password in place of a forgotten one', async () => {
    const { client, code, events } = await serveTrigger();
    await addUser(client, alice);
    const who = { ClientId: clientId, Username: alice };
    await client.send(new ForgotPasswordCommand(who));
    await client.send(
      new ConfirmForgotPasswordCommand({ ...who, ConfirmationCode: code(alice), Password: 'An0ther-horse' }),
    );
    expect(events).toMatchObject([{ triggerSource: 'PostConfirmation_ConfirmForgotPassword' }]);
  });

  test('is not told of users whom an administrator made', async () => {
    const { client, events } = await serveTrigger();
    await addUser(client, alice);
    expect(events).toEqual([]);
  });

  test.each<[string, () => Promise<TriggerOutcome>, string, string]>([
    [
      'fails',
      async () => ({ fault: 'no such group' }),
      'UserLambdaValidationException',
      'PostConfirmation failed with error no such group.',
    ],
    [
      'cannot be invoked',
      () => Promise.reject(new Error('Function not found: welcome')),
      'UnexpectedLambdaException',
      'PostConfirmation invocation failed due to error Function not found: welcome.',
    ],
    [
      'gives no event back',
      async () => ({ payload: null }),
      'InvalidLambdaResponseException',
      'Unrecognizable lambda output',
    ],
  ])(
    'that %s is told to whoever confirms, and the user is confirmed all the same',
    async (_how, run, name, message) => {
      const { client, code } = await serveTrigger(run);
      await signUp(client, alice);
      await expect(client.send(confirm(code(alice)))).rejects.toMatchObject({ name, message });
      expect(await statusOf(client)).toBe('CONFIRMED');
    },
  );
});

test('a pool that names a function which nothing runs says so, and does not pretend', async () => {
  const { client, code } = await serve({ pools: [bankPool({ postConfirmation: 'welcome' })] });
  await signUp(client, alice);
  await expect(client.send(confirm(code(alice)))).rejects.toMatchObject({ name: 'UnexpectedLambdaException' });
});
