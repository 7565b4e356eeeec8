import { AdminAddUserToGroupCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { handler } from '../../../lambdas/triggers/post-confirmation.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
beforeEach(() => {
  cognito.reset();
});

function eventOf(triggerSource: PostConfirmationTriggerEvent['triggerSource']): PostConfirmationTriggerEvent {
  return {
    version: '1',
    region: 'us-east-1',
    userPoolId: 'us-east-1_Bank',
    userName: 'ada',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'web' },
    triggerSource,
    request: { userAttributes: { email: 'ada@bank.test' } },
    response: {},
  };
}

test('a user who confirmed its sign-up is put into the group customer of its own pool', async () => {
  cognito.on(AdminAddUserToGroupCommand).resolves({});
  const event = eventOf('PostConfirmation_ConfirmSignUp');
  expect(await handler(event)).toBe(event);
  expect(cognito.commandCalls(AdminAddUserToGroupCommand).map(call => call.args[0].input)).toEqual([
    { UserPoolId: 'us-east-1_Bank', Username: 'ada', GroupName: 'customer' },
  ]);
});

test('a user who confirmed a forgotten password keeps the groups it has', async () => {
  const event = eventOf('PostConfirmation_ConfirmForgotPassword');
  expect(await handler(event)).toBe(event);
  expect(cognito.calls()).toEqual([]);
});

test('a refusal of Cognito reaches whoever confirms: nobody is silently left without a group', async () => {
  cognito.on(AdminAddUserToGroupCommand).rejects(new Error('TooManyRequestsException'));
  await expect(handler(eventOf('PostConfirmation_ConfirmSignUp'))).rejects.toThrow('TooManyRequestsException');
});
