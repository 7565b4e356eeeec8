import { createServer, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { readAssembly } from '../../local/assembly/assembly.ts';
import { listenOnLoopback } from '../../local/http-api/loopback-server.ts';
import { createKeys } from '../../local/provision-keys.ts';
import { temporaryFolder, writeAssembly } from './assembly/fixture.ts';

const Resources = {
  Index: {
    Type: 'AWS::KMS::Key',
    Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', Description: 'makes an index', KeyPolicy: {} },
  },
  Name: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: 'alias/index', TargetKeyId: { 'Fn::GetAtt': ['Index', 'Arn'] } },
  },
};

async function assemblyWithKey() {
  return readAssembly(await writeAssembly(await temporaryFolder(), { bank: { template: { Resources } } }));
}

interface Request {
  operation: string;
  input: Record<string, unknown>;
}

/** Somebody else's KMS. `answer` decides what a request gets. */
async function serveKms(answer: (request: Request) => { status?: number; body: object }) {
  const asked: Request[] = [];
  const server = createServer(async (message, response) => {
    const request = { operation: operationOf(message), input: JSON.parse(await textOf(message)) };
    asked.push(request);
    const { status = 200, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  const { url, close } = await listenOnLoopback(server);
  onTestFinished(close);
  return { url, asked };
}

function operationOf(message: IncomingMessage): string {
  return String(message.headers['x-amz-target']).replace('TrentService.', '');
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts).toString();
}

const unknown = { status: 400, body: { __type: 'NotFoundException', message: 'no such key' } };

test('a key that another KMS does not have is made there as the template has it, under the id that functions know', async () => {
  const assembly = await assemblyWithKey();
  const [key] = assembly.kmsKeys;
  const { url, asked } = await serveKms(({ operation }) =>
    operation === 'DescribeKey' ? unknown : { body: { KeyMetadata: { KeyId: key?.id } } },
  );
  await createKeys(url, assembly);
  expect(asked).toEqual([
    { operation: 'DescribeKey', input: { KeyId: key?.id } },
    {
      operation: 'CreateKey',
      input: {
        KeySpec: 'HMAC_256',
        KeyUsage: 'GENERATE_VERIFY_MAC',
        Description: 'makes an index',
        Tags: [{ TagKey: '_custom_id_', TagValue: key?.id }],
      },
    },
    { operation: 'CreateAlias', input: { AliasName: 'alias/index', TargetKeyId: key?.id } },
  ]);
});

test('what is there already stays: no second key, and an alias that is taken is no error', async () => {
  const { url, asked } = await serveKms(({ operation }) =>
    operation === 'CreateAlias' ? { status: 400, body: { __type: 'AlreadyExistsException' } } : { body: {} },
  );
  await createKeys(url, await assemblyWithKey());
  expect(asked.map(({ operation }) => operation)).toEqual(['DescribeKey', 'CreateAlias']);
});

test('a KMS that gives keys ids of its own is refused in one line, with the mend', async () => {
  const { url } = await serveKms(({ operation }) =>
    operation === 'DescribeKey' ? unknown : { body: { KeyMetadata: { KeyId: 'another' } } },
  );
  await expect(createKeys(url, await assemblyWithKey())).rejects.toThrow(/ids of its own.*AWS_ENDPOINT_URL_KMS/);
});

test('another refusal is not taken for a key that is missing', async () => {
  const { url } = await serveKms(() => ({ status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }));
  await expect(createKeys(url, await assemblyWithKey())).rejects.toThrow(
    expect.objectContaining({ name: 'AccessDeniedException' }),
  );
});
