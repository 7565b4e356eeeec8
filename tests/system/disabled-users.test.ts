import { randomUUID } from 'node:crypto';
import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword, emailOf } from '../../local/demo/users.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let admin: Person;
beforeAll(async () => {
  bank = await startSystem();
  admin = await bank.person('admin');
});
afterAll(() => bank?.close());

const standing = (who: Person, verb: string, id: string) =>
  bank.call(who, 'POST', `/users/${id}/${verb}`, { reason: 'the laptop was stolen' });

async function signIn(name: string): Promise<string> {
  const client = new CognitoIdentityProviderClient({
    endpoint: bank.identity.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: bank.identity.userPoolClientId,
      AuthParameters: { USERNAME: emailOf(name), PASSWORD: demoPassword },
    }),
  );
  return AuthenticationResult?.AccessToken ?? '';
}

describe.each(['customer', 'teller'] as const)('a %s who is disabled', role => {
  test('is refused on the next call with a live token, cannot sign in, and is let in again when enabled', async () => {
    const person = await bank.person(role);
    expect(await bank.call(person, 'GET', '/accounts')).toMatchObject({ status: 200 });
    expect(await standing(admin, 'disable', person.id)).toMatchObject({
      status: 200,
      body: { user_id: person.id, disabled: true },
    });
    expect(await bank.call(person, 'GET', '/accounts')).toMatchObject({ status: 403, body: { code: 'USER_DISABLED' } });
    await expect(signIn(person.name)).rejects.toMatchObject({ name: 'NotAuthorizedException' });

    expect(await standing(admin, 'enable', person.id)).toMatchObject({ status: 200, body: { disabled: false } });
    expect(await bank.call(await signIn(person.name), 'GET', '/accounts')).toMatchObject({ status: 200 });
  });
});

test('disabling twice leaves one event, with who and why', async () => {
  const person = await bank.person('analyst');
  await standing(admin, 'disable', person.id);
  await standing(admin, 'disable', person.id);
  const { rows } = await bank.database.pool.query('select type, actor, data from bank.events where aggregate_id = $1', [
    person.id,
  ]);
  expect(rows).toMatchObject([
    {
      type: 'UserDisabled',
      actor: { id: admin.id },
      data: { reason: 'the laptop was stolen', new: { disabled: true } },
    },
  ]);
});

test('nobody disables itself, and an unknown user is not found', async () => {
  expect(await standing(admin, 'disable', admin.id)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await standing(admin, 'enable', randomUUID())).toMatchObject({
    status: 404,
    body: { code: 'USER_NOT_FOUND' },
  });
});
