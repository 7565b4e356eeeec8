import {
  SESv2Client,
  type SESv2ServiceException,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Email, startSes } from '../../../local/ses/start-ses.ts';

async function serve() {
  const sent: Email[] = [];
  const ses = await startSes({ onEmail: email => sent.push(email) });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SESv2Client({ endpoint: ses.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await ses.close();
  });
  const send = (change: Partial<SendEmailCommandInput> = {}) =>
    client.send(new SendEmailCommand({ ...letter, ...change }));
  return { sent, send, url: ses.url };
}

const letter: SendEmailCommandInput = {
  FromEmailAddress: 'The bank <bank@bank.test>',
  Destination: { ToAddresses: ['alice@bank.test'], BccAddresses: ['archive@bank.test'] },
  Content: { Simple: { Subject: { Data: 'Größe' }, Body: { Text: { Data: 'Text 🏠' }, Html: { Data: '<p>' } } } },
};
const text = (Data: string) => ({ Data });

test('an email is told, with all its recipients, before it is acknowledged', async () => {
  const { sent, send } = await serve();
  expect((await send()).MessageId).toMatch(/^[0-9a-f-]{36}$/);
  expect(sent).toEqual([
    {
      from: 'The bank <bank@bank.test>',
      to: ['alice@bank.test', 'archive@bank.test'],
      subject: 'Größe',
      body: 'Text 🏠',
    },
  ]);
});

test('an email without plain text is told as it is: its HTML, or the raw message with its subject', async () => {
  const { sent, send } = await serve();
  await send({ Content: { Simple: { Subject: text('s'), Body: { Html: text('<p>') } } } });
  await send({ Content: { Raw: { Data: Buffer.from('From: a\r\nSubject: raw one\r\n\r\nbody') } } });
  expect(sent.map(({ subject, body }) => [subject, body])).toEqual([
    ['s', '<p>'],
    ['raw one', 'From: a\r\nSubject: raw one\r\n\r\nbody'],
  ]);
});

test.each([
  ['without a recipient', { Destination: {} }, /recipient/],
  ['to 51', { Destination: { ToAddresses: Array.from({ length: 51 }, () => 'a@b.test') } }, /exceeds 50/],
  ['to what is no address', { Destination: { ToAddresses: ['alice'] } }, /Illegal address: alice/],
  ['from nobody', { FromEmailAddress: undefined }, /FromEmailAddress/],
  ['without a body', { Content: { Simple: { Subject: text('s'), Body: {} } } }, /body/],
  ['from a template', { Content: { Template: { TemplateName: 't' } } }, /templates are not served/],
])('an email %s is refused, and told to nobody', async (_name, change, message) => {
  const { sent, send } = await serve();
  const error = await send(change).then(
    () => undefined,
    (thrown: SESv2ServiceException) => thrown,
  );
  expect(error?.name).toBe('BadRequestException');
  expect(error?.message).toMatch(message);
  expect(sent).toEqual([]);
});

test('a request that is unsigned, unknown or no JSON is refused', async () => {
  const { url } = await serve();
  const path = `${url}/v2/email/outbound-emails`;
  const post = async (address: string, headers: Record<string, string>, body = '{}') => {
    const answer = await fetch(address, { method: 'POST', headers, body });
    return [answer.status, answer.headers.get('x-amzn-errortype')];
  };
  const signed = { authorization: 'signed' };
  expect(await post(path, {})).toEqual([403, 'MissingAuthenticationTokenException']);
  expect(await post(`${url}/v2/email/templates`, signed)).toEqual([404, 'UnknownOperationException']);
  expect(await post(path, signed, '{')).toEqual([400, 'SerializationException']);
});

test('SDKs find it by the variable that the local cloud sets', async () => {
  const { sent, url } = await serve();
  vi.stubEnv('AWS_ENDPOINT_URL_SESV2', url);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SESv2Client({ region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  await client.send(new SendEmailCommand(letter));
  expect(sent).toHaveLength(1);
});
