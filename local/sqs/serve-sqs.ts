import type { LoopbackServer } from '../http-api/loopback-server.ts';
import { startSqs } from './start-sqs.ts';

/** Serves SQS alone, on the queues kept in `directory`; every refusal is told on standard error. */
export async function serveSqs(args: { port: number; directory: string }): Promise<LoopbackServer> {
  return await startSqs({ ...args, queues: [], log: line => console.error(line) });
}
