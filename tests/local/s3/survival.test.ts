import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { S3Client } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../assembly/fixture.ts';
import { addBucket, connect, get, put } from './support.ts';

/** Serves in a process of its own. */
async function serveApart(directory: string): Promise<{ client: S3Client; kill(): Promise<void> }> {
  const module = new URL('../../../local/s3/serve-s3.ts', import.meta.url).href;
  const script = `
    const { serveS3 } = await import(${JSON.stringify(module)});
    const { url } = await serveS3({ port: 0, directory: ${JSON.stringify(directory)} });
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const client = connect(String(line).trim());
  async function kill() {
    client.destroy();
    if (!child.kill('SIGKILL')) return;
    await once(child, 'exit');
  }
  onTestFinished(kill);
  return { client, kill };
}

test('every object that was acknowledged is there, whole, after kill -9', async () => {
  const directory = await temporaryFolder();
  const first = await serveApart(directory);
  await addBucket(first.client, 'seals', true);
  const acknowledged: string[] = [];
  const bodyOf = (key: string) => key.repeat(5_000);
  const putting = Array.from({ length: 150 }, async (_, n) => {
    await put(first.client, `seal-${n}`, bodyOf(`seal-${n}`));
    acknowledged.push(`seal-${n}`);
  });
  const settled = Promise.allSettled(putting);
  await Promise.race(putting);
  await first.kill();
  await settled;
  expect(acknowledged.length).toBeLessThan(putting.length);

  const second = await serveApart(directory);
  for (const key of acknowledged) expect((await get(second.client, key)).text).toBe(bodyOf(key));
  await second.kill();
});
