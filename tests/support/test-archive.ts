import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { archiveClient } from '../../lambdas/adapters/seal-archive.ts';

/** An S3 with one bucket, on this machine. */
export interface TestArchive {
  url: string;
  bucket: string;
  client: S3Client;
  close(): Promise<void>;
}

/** Starts an S3 that keeps to `If-None-Match: *` as S3 does, which fauxqs by itself does not. */
export async function startTestArchive(bucket = 'audit-archive'): Promise<TestArchive> {
  const app = buildApp({ logger: false });
  const written = new Set<string>();
  app.addHook('onRequest', async (request, reply) => {
    const object = request.url.split('?')[0] ?? '';
    if (request.method === 'PUT' && request.headers['if-none-match'] === '*' && written.has(object)) {
      return reply
        .code(412)
        .type('application/xml')
        .send('<Error><Code>PreconditionFailed</Code><Message>The object is there</Message></Error>');
    }
    if (request.method === 'PUT') {
      written.add(object);
    } else if (request.method === 'DELETE') {
      written.delete(object);
    }
    return undefined;
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const client = archiveClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    url,
    bucket,
    client,
    async close() {
      client.destroy();
      await app.close();
    },
  };
}
