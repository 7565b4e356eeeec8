import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteMessageCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../assembly/fixture.ts';
import { addQueue, arnOf, bodies, connect, counts, receive, receiveSoon, send, serve } from './support.ts';

/** Serves in a process of its own. */
async function serveApart(directory: string): Promise<{ client: SQSClient; url: string; kill(): Promise<void> }> {
  const module = new URL('../../../local/sqs/serve-sqs.ts', import.meta.url).href;
  const script = `
    const { serveSqs } = await import(${JSON.stringify(module)});
    const { url } = await serveSqs({ port: 0, directory: ${JSON.stringify(directory)} });
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const url = String(line).trim();
  const client = connect(url);
  async function kill() {
    client.destroy();
    if (!child.kill('SIGKILL')) return;
    await once(child, 'exit');
  }
  onTestFinished(kill);
  return { client, url, kill };
}

describe('what was acknowledged', () => {
  test('is there after a restart: messages that are ready, delayed or in flight, and how often they were received', async () => {
    const directory = await temporaryFolder();
    const before = await serve({ directory });
    const events = await addQueue(before.client, 'events', { VisibilityTimeout: '60' });
    for (const body of ['in flight', 'let go', 'deleted', 'ready']) await send(before.client, events, body);
    await send(before.client, events, 'delayed', { DelaySeconds: 600 });
    const [inFlight] = await receive(before.client, events, { MaxNumberOfMessages: 1 });
    await receive(before.client, events, { MaxNumberOfMessages: 1, VisibilityTimeout: 0 });
    const [deleted] = await receive(before.client, events, { MaxNumberOfMessages: 1 });
    await before.client.send(new DeleteMessageCommand({ QueueUrl: events, ReceiptHandle: deleted?.ReceiptHandle }));
    await before.close();

    const { client, url } = await serve({ directory });
    const again = `${url}/000000000000/events`;
    expect(await counts(client, again)).toEqual([2, 1, 1]);
    await client.send(new DeleteMessageCommand({ QueueUrl: again, ReceiptHandle: inFlight?.ReceiptHandle }));
    expect(await counts(client, again)).toEqual([2, 0, 1]);
    const ready = await receive(client, again);
    expect(ready.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
      ['let go', '2'],
      ['ready', '1'],
    ]);
  });

  test('is there after kill -9, whatever was being written', async () => {
    const directory = await temporaryFolder();
    const first = await serveApart(directory);
    const queue = await addQueue(first.client, 'events');
    const acknowledged: string[] = [];
    const sending = Array.from({ length: 400 }, async (_, n) => {
      await send(first.client, queue, `m${n}`);
      acknowledged.push(`m${n}`);
    });
    const settled = Promise.allSettled(sending);
    await Promise.race(sending);
    await first.kill();
    await settled;
    expect(acknowledged.length).toBeLessThan(sending.length);

    const second = await serveApart(directory);
    const kept: (string | undefined)[] = [];
    for (;;) {
      const messages = await receive(second.client, `${second.url}/000000000000/events`);
      if (messages.length === 0) break;
      kept.push(...bodies(messages));
    }
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    await second.kill();
  });

  test('is for its owner alone to read', async () => {
    const directory = await temporaryFolder();
    const { client } = await serve({ directory });
    await send(client, await addQueue(client, 'events'), 'x');
    expect((await stat(join(directory, 'queues.jsonl'))).mode & 0o777).toBe(0o600);
  });
});

describe('the queues of a template', () => {
  const dead = { name: 'dead', attributes: {} };
  const events = (attributes: Record<string, string>) => ({ name: 'events', attributes });
  const attributesOf = async (client: SQSClient, url: string) => {
    const QueueUrl = `${url}/000000000000/events`;
    return (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;
  };

  test('are there when it starts, and take on what has changed in it with their messages in them', async () => {
    const directory = await temporaryFolder();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 3 });
    const before = await serve({ directory, queues: [events({ RedrivePolicy, DelaySeconds: '0' }), dead] });
    await send(before.client, `${before.url}/000000000000/events`, 'kept');
    await before.close();

    const after = await serve({ directory, queues: [events({ VisibilityTimeout: '7' }), dead] });
    const attributes = await attributesOf(after.client, after.url);
    expect(attributes).toMatchObject({ VisibilityTimeout: '7', DelaySeconds: '0' });
    expect(attributes).not.toHaveProperty('RedrivePolicy');
    expect(bodies(await receiveSoon(after.client, `${after.url}/000000000000/events`))).toEqual(['kept']);
  });
});
