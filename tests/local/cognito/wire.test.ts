import { describe, expect, test } from 'vitest';
import { serve } from './support.ts';

/** Sends a request as it stands, without a client that would mend it. */
async function post(url: string, operation: string, body: string, headers: Record<string, string> = {}) {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`, ...headers },
    body,
  });
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
}

describe('the protocol', () => {
  test('an error has its type in the body and in a header', async () => {
    const { url } = await serve();
    const reply = await post(url, 'SignUp', '{"ClientId":"nobody","Username":"a@b.cc","Password":"x"}');
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'User pool client nobody does not exist.',
    });
    expect(reply.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(reply.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException:');
    expect(reply.headers.get('x-amzn-requestid')).not.toBeNull();
  });

  test('an operation that is not served is unknown', async () => {
    const { url } = await serve();
    const unknown = { status: 400, body: { __type: 'UnknownOperationException' } };
    expect(await post(url, 'CreateUserPool', '{}')).toMatchObject(unknown);
    expect(await post(url, 'constructor', '{}')).toMatchObject(unknown);
    expect((await fetch(url)).status).toBe(400);
  });

  test('what is missing is named', async () => {
    const { url } = await serve();
    const reply = await post(url, 'InitiateAuth', '{"AuthFlow":"USER_PASSWORD_AUTH"}');
    expect(reply.body).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringContaining("1 validation error detected: Value at 'clientId' failed to satisfy constraint"),
    });
  });

  test("an administrator's request must be signed", async () => {
    const { url } = await serve();
    const body = '{"UserPoolId":"us-east-1_Bank","Username":"alice@bank.test"}';
    expect(await post(url, 'AdminGetUser', body)).toMatchObject({
      status: 400,
      body: { __type: 'MissingAuthenticationTokenException' },
    });
    const signed = await post(url, 'AdminGetUser', body, { authorization: 'AWS4-HMAC-SHA256 Credential=local' });
    expect(signed.body).toMatchObject({ __type: 'UserNotFoundException' });
  });

  test.each(['{', 'x'.repeat(1024 * 1024 + 1)])(
    'a body that cannot be read is a SerializationException',
    async body => {
      const { url } = await serve();
      expect(await post(url, 'SignUp', body)).toMatchObject({
        status: 400,
        body: { __type: 'SerializationException' },
      });
    },
  );

  test('a browser of any origin may call', async () => {
    const { url } = await serve();
    const reply = await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://bank.test' } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a taken port is told by its error code', async () => {
    const { port } = await serve();
    await expect(serve({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
