import type { Server } from 'node:http';

/** A server that listens on the machine's own interface and can be ended. */
export interface LoopbackServer {
  url: string;
  port: number;
  /** Stops accepting, lets what is in flight finish for a moment, then cuts every connection. */
  close(): Promise<void>;
}

const graceMs = 1_000;

/**
 * Listens on `host` (127.0.0.1) and `port` (0 picks a free one). Rejects with Node's own error, `EADDRINUSE` when the
 * port is taken.
 */
export async function listenOnLoopback(server: Server, port = 0, host = '127.0.0.1'): Promise<LoopbackServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://${host}:${bound}`, port: bound, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
