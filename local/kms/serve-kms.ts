import type { LoopbackServer } from '../http-api/loopback-server.ts';
import { startKms } from './start-kms.ts';

/** Serves KMS alone, on the keys kept in `directory`; every refusal is told on standard error. */
export async function serveKms(args: { port: number; directory: string }): Promise<LoopbackServer> {
  return await startKms({ ...args, keys: [], aliases: [], log: line => console.error(line) });
}
