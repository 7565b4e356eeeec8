import type { LoopbackServer } from './http-api/loopback-server.ts';

/** A server that can be taken away and brought back at the same address, to see what happens without it. */
export interface Restartable extends LoopbackServer {
  /** Does nothing when it is stopped already. */
  stop(): Promise<void>;
  /** Does nothing when it runs already. */
  start(): Promise<void>;
}

/** Opens a server on a port, 0 being any free one, and remembers which it was. */
export async function restartable(open: (port: number) => Promise<LoopbackServer>): Promise<Restartable> {
  let running: LoopbackServer | undefined = await open(0);
  const { url, port } = running;
  const stop = async () => {
    const stopping = running;
    running = undefined;
    await stopping?.close();
  };
  return {
    url,
    port,
    stop,
    close: stop,
    async start() {
      running ??= await open(port);
    },
  };
}
