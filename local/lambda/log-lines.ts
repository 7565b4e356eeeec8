import type { Readable } from 'node:stream';

/** Hands a stream on line by line, the last one even without its line break. */
export function forEachLine(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  stream.on('close', () => {
    if (rest !== '') take(rest);
  });
}
