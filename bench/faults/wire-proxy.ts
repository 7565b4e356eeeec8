import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type LoopbackServer, listenOnLoopback } from './listen.ts';

/** A proxy in front of a TCP service that loses and delays what the service sends back. */
export interface WireProxy {
  port: number;
  /** Loses the next so many pieces that come back, and cuts the connection of each: the service has done its work by then. */
  loseNext(pieces: number): void;
  /** Holds back what comes back, by so many milliseconds; 0 for not at all. */
  delayBy(milliseconds: number): void;
  /** How many pieces were lost so far. */
  lost(): number;
  /** How many were held back. */
  delayed(): number;
  close(): Promise<void>;
}

/** Starts a proxy to a port of this machine. */
export async function wireProxy(target: number): Promise<WireProxy> {
  const counts = { toLose: 0, lost: 0, delay: 0, delayed: 0 };

  function join(client: Socket): void {
    const service = connect(target, '127.0.0.1');
    const cut = () => {
      client.destroy();
      service.destroy();
    };
    for (const socket of [client, service]) {
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    client.pipe(service);
    let sending = Promise.resolve();
    service.on('data', piece => {
      if (counts.toLose > 0) {
        counts.toLose -= 1;
        counts.lost += 1;
        cut();
        return;
      }
      const { delay } = counts;
      if (delay > 0) counts.delayed += 1;
      const due = delay > 0 ? pause(delay) : undefined;
      sending = sending.then(async () => {
        await due;
        client.write(piece);
      });
    });
  }

  const server: LoopbackServer = await listenOnLoopback(createServer(join));
  return {
    port: server.port,
    loseNext: pieces => {
      counts.toLose += pieces;
    },
    delayBy: milliseconds => {
      counts.delay = milliseconds;
    },
    lost: () => counts.lost,
    delayed: () => counts.delayed,
    close: () => server.close(),
  };
}
