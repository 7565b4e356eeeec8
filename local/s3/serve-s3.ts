import type { LoopbackServer } from '../http-api/loopback-server.ts';
import { startS3 } from './start-s3.ts';

/** Serves S3 alone, on the buckets kept in `directory`; every refusal is told on standard error. */
export async function serveS3(args: { port: number; directory: string }): Promise<LoopbackServer> {
  return await startS3({ ...args, buckets: [], log: line => console.error(line) });
}
