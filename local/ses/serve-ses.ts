import type { LoopbackServer } from '../http-api/loopback-server.ts';
import { startSes } from './start-ses.ts';

/** Serves SES alone: prints every email, and tells refusals on standard error. */
export async function serveSes({ port }: { port: number }): Promise<LoopbackServer> {
  return await startSes({
    port,
    onEmail: ({ from, to, subject, body }) => console.log(`from ${from} to ${to.join(', ')}: ${subject}\n${body}`),
    log: line => console.error(line),
  });
}
