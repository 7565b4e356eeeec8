import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { listenOnLoopback } from '../../../../bench/faults/listen.ts';
import { type WireProxy, wireProxy } from '../../../../bench/faults/wire-proxy.ts';
import { until } from '../../../../local/postgres/processes.ts';

let heard: string[];
let proxy: WireProxy;
/** A service that answers each piece with its capitals, and a proxy in front of it. */
beforeEach(async () => {
  heard = [];
  const service = await listenOnLoopback(
    createServer(socket => {
      socket.on('error', () => undefined);
      socket.on('data', piece => {
        heard.push(String(piece));
        socket.write(String(piece).toUpperCase());
      });
    }),
  );
  proxy = await wireProxy(service.port);
  onTestFinished(async () => {
    await proxy.close();
    await service.close();
  });
});

async function connected(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => ['nothing'])]);
  return String(answer);
}

test('what is not to be lost comes back', async () => {
  expect(await ask(await connected(), 'one')).toBe('ONE');
  expect([proxy.lost(), proxy.delayed()]).toEqual([0, 0]);
});

test('a reply that is lost was worked for, cuts its connection, and no other', async () => {
  const [one, other] = [await connected(), await connected()];
  proxy.loseNext(1);
  expect(await ask(one, 'one')).toBe('nothing');
  expect(await ask(other, 'two')).toBe('TWO');
  expect([heard, proxy.lost()]).toEqual([['one', 'two'], 1]);
});

test('replies that are held back come late and in their order', async () => {
  const socket = await connected();
  proxy.delayBy(100);
  const began = performance.now();
  expect(await ask(socket, 'one')).toBe('ONE');
  expect(performance.now() - began).toBeGreaterThan(90);
  let late = '';
  socket.on('data', piece => {
    late += piece;
  });
  socket.write('two');
  await until(() => proxy.delayed() === 2, 5_000);
  proxy.delayBy(0);
  socket.write('three');
  await until(() => late.length === 8, 5_000);
  expect(late).toBe('TWOTHREE');
});
