import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bankPool, clientId, clock, password, poolId, serve, signIn, signUp } from './support.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const confirm = (ConfirmationCode: string, Username = 'alice@bank.test') =>
  new ConfirmSignUpCommand({ ClientId: clientId, Username, ConfirmationCode });

describe('signing up', () => {
  test('gives a user an id, sends a code, and the code confirms it and its address', async () => {
    const { client, code } = await serve();
    const made = await signUp(client, 'alice@bank.test');
    expect(made).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(uuid),
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@b***' },
    });
    await client.send(confirm(code('alice@bank.test')));
    const user = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: 'alice@bank.test' }));
    expect(user).toMatchObject({ Username: made.UserSub, UserStatus: 'CONFIRMED', Enabled: true });
    expect(user.UserAttributes).toEqual([
      { Name: 'sub', Value: made.UserSub },
      { Name: 'email', Value: 'alice@bank.test' },
      { Name: 'email_verified', Value: 'true' },
    ]);
    expect(user.UserCreateDate?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('an unconfirmed user cannot sign in', async () => {
    const { client } = await serve();
    await signUp(client, 'alice@bank.test');
    await expect(signIn(client, 'alice@bank.test')).rejects.toMatchObject({
      name: 'UserNotConfirmedException',
      message: 'User is not confirmed.',
    });
  });

  test.each([
    ['Sh0rt-1', 'Password not long enough'],
    ['lower-case-1', 'Password must have uppercase characters'],
    ['UPPER-CASE-1', 'Password must have lowercase characters'],
    ['No-numbers', 'Password must have numeric characters'],
    ['N0symbols', 'Password must have symbol characters'],
  ])('the password %s is refused', async (weak, fault) => {
    const { client } = await serve();
    await expect(signUp(client, 'alice@bank.test', weak)).rejects.toMatchObject({
      name: 'InvalidPasswordException',
      message: `Password did not conform with policy: ${fault}`,
    });
  });

  test('an address is taken once, also by two who sign up at once', async () => {
    const { client } = await serve();
    const both = await Promise.allSettled([signUp(client, 'alice@bank.test'), signUp(client, 'alice@bank.test')]);
    const refused = both.filter(outcome => outcome.status === 'rejected');
    expect(refused.map(outcome => outcome.reason)).toMatchObject([
      { name: 'UsernameExistsException', message: 'An account with the given email already exists.' },
    ]);
  });

  test('a name that is no e-mail address is refused where users sign in with one', async () => {
    const { client } = await serve();
    await expect(signUp(client, 'alice')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Username should be an email.',
    });
  });

  test('a pool that only administrators fill refuses it', async () => {
    const { client } = await serve({ pools: [bankPool({ selfSignUp: false })] });
    await expect(signUp(client, 'alice@bank.test')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'SignUp is not permitted for this user pool',
    });
  });

  test('an unknown client is refused', async () => {
    const { client } = await serve();
    const command = new SignUpCommand({ ClientId: 'nobody', Username: 'alice@bank.test', Password: password });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool client nobody does not exist.',
    });
  });

  test('a required attribute that is missing, and one of a wrong form, are named', async () => {
    const { client } = await serve({ pools: [bankPool({ requiredAttributes: ['email', 'phone_number'] })] });
    await expect(signUp(client, 'alice@bank.test')).rejects.toThrow('phone_number: The attribute is required');
    const UserAttributes = [{ Name: 'phone_number', Value: '12345' }];
    const command = { ClientId: clientId, Username: 'alice@bank.test', Password: password, UserAttributes };
    await expect(client.send(new SignUpCommand(command))).rejects.toThrow('Invalid phone number format.');
  });

  test('in a pool with user names, the name is the user name and two cases are two users', async () => {
    const { client } = await serve({ pools: [bankPool({ usernameAttributes: [] })] });
    await signUp(client, 'alice');
    await signUp(client, 'Alice');
    const user = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: 'Alice' }));
    expect(user.Username).toBe('Alice');
    await expect(signUp(client, 'alice')).rejects.toThrow('User already exists');
  });

  test('in a pool that does not mind the case, they are one', async () => {
    const { client } = await serve({ pools: [bankPool({ caseSensitive: false })] });
    await signUp(client, 'alice@bank.test');
    await expect(signUp(client, 'Alice@Bank.test')).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });
});

describe('confirming', () => {
  test('a wrong code is refused, and after five of them the right one too', async () => {
    const { client, code } = await serve();
    await signUp(client, 'alice@bank.test');
    const wrong = code('alice@bank.test') === '000000' ? '000001' : '000000';
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(client.send(confirm(wrong))).rejects.toMatchObject({
        name: 'CodeMismatchException',
        message: 'Invalid verification code provided, please try again.',
      });
    }
    await expect(client.send(confirm(code('alice@bank.test')))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });

  test('a code is good for a day, and a new one can be asked for', async () => {
    const time = clock();
    const { client, code } = await serve({ now: time.now });
    await signUp(client, 'alice@bank.test');
    time.forward(24 * 60 * 60 * 1000);
    await expect(client.send(confirm(code('alice@bank.test')))).rejects.toMatchObject({
      name: 'ExpiredCodeException',
      message: 'Invalid code provided, please request a code again.',
    });
    await client.send(new ResendConfirmationCodeCommand({ ClientId: clientId, Username: 'alice@bank.test' }));
    await client.send(confirm(code('alice@bank.test')));
    await signIn(client, 'alice@bank.test');
  });

  test('a confirmed user cannot be confirmed again', async () => {
    const { client } = await serve();
    await signUp(client, 'alice@bank.test');
    const command = new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username: 'alice@bank.test' });
    await client.send(command);
    const refusal = {
      name: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    };
    await expect(client.send(command)).rejects.toMatchObject(refusal);
    await expect(client.send(confirm('123456'))).rejects.toMatchObject(refusal);
  });

  test('nobody learns from it who has an account', async () => {
    const { client } = await serve();
    await expect(client.send(confirm('123456', 'no@one.test'))).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    const resent = new ResendConfirmationCodeCommand({ ClientId: clientId, Username: 'no@one.test' });
    expect((await client.send(resent)).CodeDeliveryDetails?.Destination).toBe('n***@o***');
  });
});
