import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminRespondToAuthChallengeCommand,
  AdminUpdateUserAttributesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { addUser, adminSignIn, bankPool, clientId, password, poolId, serve, signUp, tokens } from './support.ts';

const alice = { UserPoolId: poolId, Username: 'alice@bank.test' };

describe('groups', () => {
  test('a user is put in, listed and taken out', async () => {
    const { client } = await serve();
    await addUser(client, 'alice@bank.test');
    const list = async () => {
      const { Groups: groups = [] } = await client.send(new AdminListGroupsForUserCommand(alice));
      return groups.map(group => group.GroupName);
    };
    for (const GroupName of ['teller', 'ops', 'teller']) {
      await client.send(new AdminAddUserToGroupCommand({ ...alice, GroupName }));
    }
    expect(await list()).toEqual(['teller', 'ops']);
    await client.send(new AdminRemoveUserFromGroupCommand({ ...alice, GroupName: 'teller' }));
    expect(await list()).toEqual(['ops']);
    expect(tokens(await adminSignIn(client, 'alice@bank.test')).accessClaims['cognito:groups']).toEqual(['ops']);
  });

  test('a group that the pool does not have is refused', async () => {
    const { client } = await serve();
    await addUser(client, 'alice@bank.test');
    const refusal = { name: 'ResourceNotFoundException', message: 'Group not found.' };
    const membership = { ...alice, GroupName: 'kings' };
    await expect(client.send(new AdminAddUserToGroupCommand(membership))).rejects.toMatchObject(refusal);
    await expect(client.send(new AdminRemoveUserFromGroupCommand(membership))).rejects.toMatchObject(refusal);
  });
});

describe('users in the hands of an administrator', () => {
  test('an unknown user or pool is told as such', async () => {
    const { client } = await serve();
    await expect(client.send(new AdminGetUserCommand(alice))).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
    const elsewhere = new AdminGetUserCommand({ ...alice, UserPoolId: 'us-east-1_None' });
    await expect(client.send(elsewhere)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool us-east-1_None does not exist.',
    });
  });

  test('a temporary password is made, sent, and sent anew on request', async () => {
    const { client, code } = await serve();
    await client.send(new AdminCreateUserCommand(alice));
    const first = code('alice@bank.test');
    await expect(client.send(new AdminCreateUserCommand(alice))).rejects.toMatchObject({
      name: 'UsernameExistsException',
    });
    await client.send(new AdminCreateUserCommand({ ...alice, MessageAction: 'RESEND' }));
    expect(code('alice@bank.test')).not.toBe(first);
    const challenge = await adminSignIn(client, 'alice@bank.test', code('alice@bank.test'));
    const answered = await client.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: poolId,
        ClientId: clientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: 'alice@bank.test', NEW_PASSWORD: password },
      }),
    );
    expect(tokens(answered).access).not.toBe('');
    const again = new AdminCreateUserCommand({ ...alice, MessageAction: 'RESEND' });
    await expect(client.send(again)).rejects.toMatchObject({ name: 'UnsupportedUserStateException' });
  });

  test('attributes are changed, but not the sub, and not to an address that is taken', async () => {
    const { client } = await serve();
    await addUser(client, 'alice@bank.test');
    await addUser(client, 'bob@bank.test');
    const set = (Name: string, Value: string) =>
      client.send(new AdminUpdateUserAttributesCommand({ ...alice, UserAttributes: [{ Name, Value }] }));
    await set('custom:branch', 'Oslo');
    const user = await client.send(new AdminGetUserCommand(alice));
    expect(user.UserAttributes).toContainEqual({ Name: 'custom:branch', Value: 'Oslo' });
    await expect(set('sub', 'x')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(set('email', 'bob@bank.test')).rejects.toMatchObject({ name: 'AliasExistsException' });
    await set('email', 'alicia@bank.test');
    await adminSignIn(client, 'alicia@bank.test');
    await expect(adminSignIn(client, 'alice@bank.test')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('a client of another pool is refused', async () => {
    const other = bankPool({ id: 'us-east-1_Other', clients: [] });
    const { client } = await serve({ pools: [bankPool(), other] });
    const command = new AdminInitiateAuthCommand({
      UserPoolId: 'us-east-1_Other',
      ClientId: clientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('users are listed by page and found by filter', async () => {
    const { client } = await serve();
    for (const name of ['ann', 'bob', 'ben']) await signUp(client, `${name}@bank.test`);
    const list = async (options: { Filter?: string; Limit?: number; PaginationToken?: string | undefined }) => {
      const page = await client.send(new ListUsersCommand({ UserPoolId: poolId, ...options }));
      const emails = (page.Users ?? []).map(user => user.Attributes?.find(({ Name }) => Name === 'email')?.Value);
      return { emails, next: page.PaginationToken };
    };
    const first = await list({ Limit: 2 });
    expect(first.emails).toEqual(['ann@bank.test', 'bob@bank.test']);
    expect(await list({ Limit: 2, PaginationToken: first.next })).toEqual({
      emails: ['ben@bank.test'],
      next: undefined,
    });
    expect((await list({ Filter: 'email = "bob@bank.test"' })).emails).toEqual(['bob@bank.test']);
    expect((await list({ Filter: 'email ^= "b"' })).emails).toEqual(['bob@bank.test', 'ben@bank.test']);
    expect((await list({ Filter: 'cognito:user_status = "CONFIRMED"' })).emails).toEqual([]);
    expect((await list({ Filter: 'status = "Enabled"' })).emails).toHaveLength(3);
    await expect(list({ Filter: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(list({ PaginationToken: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
