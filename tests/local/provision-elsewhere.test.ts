import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { clientSettings } from '../../local/client-settings.ts';
import { startCloud } from '../../local/cloud.ts';
import { until } from '../../local/postgres/processes.ts';
import { functionResource, temporaryFolder, writeAssembly } from './assembly/fixture.ts';

const resource = (Type: string, Properties: Record<string, unknown> = {}) => ({ Type: `AWS::${Type}`, Properties });
const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const Resources = {
  Events: resource('SQS::Queue', {
    QueueName: 'events',
    VisibilityTimeout: 60,
    RedrivePolicy: { deadLetterTargetArn: attribute('Dead', 'Arn'), maxReceiveCount: 3 },
  }),
  Dead: resource('SQS::Queue', { QueueName: 'dead' }),
  Copies: resource('SQS::Queue', { QueueName: 'copies' }),
  Topic: resource('SNS::Topic', { TopicName: 'alerts' }),
  ToQueue: resource('SNS::Subscription', {
    TopicArn: { Ref: 'Topic' },
    Protocol: 'sqs',
    Endpoint: attribute('Copies', 'Arn'),
    RawMessageDelivery: true,
  }),
  Bucket: resource('S3::Bucket', { BucketName: 'seals', ObjectLockEnabled: true }),
  Worker: functionResource(),
  Mapping: resource('Lambda::EventSourceMapping', {
    EventSourceArn: attribute('Events', 'Arn'),
    FunctionName: { Ref: 'Worker' },
  }),
};
const code = {
  'index.mjs': 'export const handler = async ({ Records }) => console.log("worked on " + Records[0].body);',
};

/** Somebody else's SQS, SNS and S3 on one address, as LocalStack's are. */
async function serveElsewhere(): Promise<string> {
  const app = buildApp({ logger: false });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return url;
}

test('services that the environment names take the place of the local ones, with all that the application needs in them', async () => {
  const url = await serveElsewhere();
  for (const service of ['SQS', 'SNS', 'S3']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, url);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const assembly = await writeAssembly(
    await temporaryFolder(),
    { bank: { template: { Resources, Outputs: { Url: { Value: { Ref: 'Events' } } } } } },
    code,
  );
  const lines: string[] = [];
  const home = await temporaryFolder();
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/none';
  const start = () => startCloud({ assembly, home, databaseUrl, log: line => lines.push(line) });
  await (await start()).close();
  // A second time everything is there already.
  const cloud = await start();
  const [sqs, sns, s3] = [SQSClient, SNSClient, S3Client].map(Client => new Client(clientSettings(url))) as [
    SQSClient,
    SNSClient,
    S3Client,
  ];
  onTestFinished(async () => {
    for (const client of [sqs, sns, s3]) client.destroy();
    await cloud.close();
  });

  expect(cloud.outputs.Url).toBe(`${url}/000000000000/events`);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: cloud.outputs.Url, AttributeNames: ['All'] }),
  );
  expect(Attributes).toMatchObject({ VisibilityTimeout: '60', RedrivePolicy: expect.stringContaining(':dead') });
  await sqs.send(new SendMessageCommand({ QueueUrl: cloud.outputs.Url, MessageBody: 'hello' }));
  expect(await until(() => lines.some(line => line.includes('worked on hello')), 10_000)).toBe(true);

  await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:alerts', Message: 'm' }));
  const copies = { QueueUrl: `${url}/000000000000/copies`, WaitTimeSeconds: 5 };
  expect((await sqs.send(new ReceiveMessageCommand(copies))).Messages).toMatchObject([{ Body: 'm' }]);
  await s3.send(new HeadBucketCommand({ Bucket: 'seals' }));
});
