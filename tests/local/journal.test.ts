import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJournal } from '../../local/journal.ts';
import { temporaryFolder } from './assembly/fixture.ts';

describe('the journal', () => {
  test('keeps the newest state of each record and grows no older ones', async () => {
    const file = join(await temporaryFolder(), 'pool', 'x.jsonl');
    const first = openJournal(file);
    for (let count = 1; count <= 100; count++) first.put('user', 'a', { count });
    first.put('user', 'b', { count: 1 });
    first.put('user', 'b', null);
    first.close();
    const second = openJournal(file);
    expect([...second.all('user')]).toEqual([['a', { count: 100 }]]);
    expect(second.all('session').size).toBe(0);
    second.close();
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2);
  });

  test('is rewritten while it is open, once more of it is superseded than holds', async () => {
    const file = join(await temporaryFolder(), 'x.jsonl');
    const journal = openJournal(file, 1_000);
    journal.put('user', 'kept', 'x'.repeat(100));
    for (let count = 1; count <= 1_000; count++) journal.put('user', 'a', { count });
    expect((await stat(file)).size).toBeLessThan(2_000);
    journal.close();
    const again = openJournal(file);
    expect([...again.all('user')]).toEqual([
      ['kept', 'x'.repeat(100)],
      ['a', { count: 1_000 }],
    ]);
    again.close();
  });

  test('takes no record once it is closed', async () => {
    const journal = openJournal(join(await temporaryFolder(), 'x.jsonl'));
    journal.close();
    journal.close();
    expect(() => journal.put('user', 'a', 1)).toThrow('is closed');
  });

  test('drops a last line that a crash cut short', async () => {
    const file = join(await temporaryFolder(), 'x.jsonl');
    const first = openJournal(file);
    first.put('user', 'a', 1);
    first.close();
    await appendFile(file, '{"kind":"user","id":"a","val');
    const second = openJournal(file);
    expect(second.all('user').get('a')).toBe(1);
    second.close();
  });

  test('refuses a file that is damaged elsewhere', async () => {
    const file = join(await temporaryFolder(), 'x.jsonl');
    await writeFile(file, 'nonsense\n{"kind":"user","id":"a","value":1}\n');
    expect(() => openJournal(file)).toThrow('damaged at line 1');
  });
});
