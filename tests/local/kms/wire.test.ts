import { describe, expect, test } from 'vitest';
import { serveKms } from '../../../local/kms/serve-kms.ts';
import { serve, temporaryDirectory, unknownId } from './support.ts';

/** Sends a request as it stands, without a client that would mend it. */
async function post(
  url: string,
  operation: string,
  body: string,
  headers: Record<string, string> = { authorization: 'x' },
) {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': `TrentService.${operation}`, ...headers },
    body,
  });
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
}

describe('the protocol', () => {
  test('an error has its type and message in the body', async () => {
    const { url } = await serve();
    const reply = await post(url, 'DescribeKey', JSON.stringify({ KeyId: unknownId }));
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      __type: 'NotFoundException',
      message: `Key 'arn:aws:kms:us-east-1:000000000000:key/${unknownId}' does not exist`,
    });
    expect(reply.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(reply.headers.get('x-amzn-requestid')).not.toBeNull();
  });

  test('a ciphertext that is none is refused without a word of why', async () => {
    const { url } = await serve();
    const reply = await post(url, 'Decrypt', '{"CiphertextBlob":"AAAA"}');
    expect(reply.body).toEqual({ __type: 'InvalidCiphertextException' });
  });

  test('every member at fault is named', async () => {
    const { url } = await serve();
    const reply = await post(url, 'GenerateMac', '{"KeyId":null,"Message":"AAAA","MacAlgorithm":"MD5"}');
    expect(reply.body).toEqual({
      __type: 'ValidationException',
      message:
        "2 validation errors detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null; " +
        "Value 'MD5' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: " +
        '[HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512]',
    });
  });

  test('a member in a list is named by its place', async () => {
    const { url } = await serve();
    const body = JSON.stringify({ KeyId: unknownId, Tags: [{ TagKey: '', TagValue: '' }] });
    expect((await post(url, 'TagResource', body)).body).toMatchObject({
      message:
        "1 validation error detected: Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: " +
        'Member must have length greater than or equal to 1',
    });
  });

  test('a name against its pattern is told the pattern', async () => {
    const { url } = await serve();
    expect((await post(url, 'DeleteAlias', '{"AliasName":"alias/a b"}')).body).toMatchObject({
      message:
        "1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$',
    });
  });

  test.each(['DeriveSharedSecret', 'constructor'])('%s, which is not served, is unknown', async name => {
    const { url } = await serve();
    expect(await post(url, name, '{}')).toMatchObject({
      status: 400,
      body: { __type: 'UnknownOperationException' },
    });
  });

  test('a request without a signature is refused', async () => {
    const { url } = await serve();
    expect(await post(url, 'ListKeys', '{}', {})).toMatchObject({
      status: 400,
      body: { __type: 'MissingAuthenticationTokenException' },
    });
  });

  test.each([
    ['broken JSON', '{'],
    ['more than a mebibyte', 'x'.repeat(1024 * 1024 + 1)],
    ['a number for a text', '{"KeyId":1}'],
    ['a list', '[]'],
  ])('a body that is %s cannot be read', async (_what, body) => {
    const { url } = await serve();
    expect(await post(url, 'DescribeKey', body)).toMatchObject({
      status: 400,
      body: { __type: 'SerializationException' },
    });
  });

  test('binary that is not base64 cannot be read', async () => {
    const { url } = await serve();
    expect((await post(url, 'Decrypt', '{"CiphertextBlob":"?"}')).body).toMatchObject({
      __type: 'SerializationException',
    });
  });

  test('every refusal is told to the log', async () => {
    const lines: string[] = [];
    const { url } = await serve({ log: line => lines.push(line) });
    await post(url, 'ListKeys', '{"Marker":"x"}');
    expect(lines).toEqual(['InvalidMarkerException: Invalid marker x']);
  });

  test('it listens on this machine alone, and a taken port is told by its error code', async () => {
    const { url, port } = await serve();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    await expect(serve({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('alone it starts without keys', async () => {
    const kms = await serveKms({ port: 0, directory: await temporaryDirectory() });
    expect((await post(kms.url, 'ListKeys', '{}')).body).toEqual({ Keys: [], Truncated: false });
    await kms.close();
  });
});
