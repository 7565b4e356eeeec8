import type { LoopbackServer } from '../http-api/loopback-server.ts';
import { startSns } from './start-sns.ts';

/** Serves SNS alone, on the topics kept in `directory`; prints what is published, and tells refusals on standard error. */
export async function serveSns(args: { port: number; directory: string }): Promise<LoopbackServer> {
  return await startSns({
    ...args,
    topics: [],
    subscriptions: [],
    onPublish: ({ topicName, subject, message }) => console.log(`to ${topicName}: ${subject ?? ''} ${message}`),
    log: line => console.error(line),
  });
}
