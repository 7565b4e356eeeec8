import { expect, test } from 'vitest';
import { parseLsof } from '../../../local/postgres/server-processes.ts';

test("each process is read with its working directory from lsof's lines", () => {
  expect(parseLsof('p12\nfcwd\nn/srv/a data\np345\nfcwd\nn/srv/b\n')).toEqual([
    { pid: 12, cwd: '/srv/a data' },
    { pid: 345, cwd: '/srv/b' },
  ]);
  expect(parseLsof('')).toEqual([]);
});
