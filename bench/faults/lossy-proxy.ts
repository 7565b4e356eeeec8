import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of an HTTP endpoint that loses replies: the endpoint has done its work, and nobody is told. */
export interface LossyProxy {
  url: string;
  /** How many replies were lost. */
  lost(): number;
  close(): Promise<void>;
}

/** Starts a proxy that loses the reply to the nth request (from 0) when `loses(n)` says so. */
export async function lossyProxy(target: string, loses: (n: number) => boolean): Promise<LossyProxy> {
  let count = 0;
  let lost = 0;
  const server = createServer((incoming, outgoing) => {
    const loseThis = loses(count++);
    const { method = 'POST', headers } = incoming;
    const forwarded = request(new URL(incoming.url ?? '/', target), { method, headers }, reply => {
      if (!loseThis) {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
        return;
      }
      reply.resume();
      reply.once('end', () => {
        lost += 1;
        incoming.socket.destroy();
      });
    });
    forwarded.once('error', () => incoming.socket.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>(listening => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    lost: () => lost,
    close: async () => {
      server.closeAllConnections();
      await new Promise(closed => server.close(closed));
    },
  };
}
