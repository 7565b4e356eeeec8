import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { headerHash } from '../../lambdas/domain/audit/seal.ts';
import { type SealDocument, sealDocument } from '../../lambdas/domain/audit/seal-form.ts';
import { type AuditBank, openAuditBank } from '../support/audit-bank.ts';
import { writeAuditLogs } from '../support/audit-rows.ts';

let audit: AuditBank;
beforeEach(async () => {
  audit = await openAuditBank();
});
afterEach(() => audit?.close());

/** The seals of the archive, in their order. */
async function archivedSeals(): Promise<SealDocument[]> {
  const seals: SealDocument[] = [];
  for (;;) {
    const text = await audit.archive.get(seals.length + 1);
    if (text === undefined) {
      return seals;
    }
    seals.push(sealDocument.parse(JSON.parse(text)));
  }
}

/** The ids of the rows in each seal, by the archive and, which must be the same, by the database. */
async function sealedIds(): Promise<string[][]> {
  const { rows } = await audit.bank.database.pool.query(
    `select array_agg(audit_log_id::text order by position) as ids from bank.audit_leaves group by seal_number order by seal_number`,
  );
  const archived = (await archivedSeals()).map(seal => seal.leaves.map(([id]) => id));
  expect(rows.map(row => row.ids)).toEqual(archived);
  return archived;
}

const killed = new Error('killed');

test('every row is sealed once, in the order of time, in seals of a bounded size that are chained', async () => {
  const ids = await audit.write(25);
  expect(await audit.seal()).toEqual({ done: true, seals: 3, rows: 25 });
  expect(await sealedIds()).toEqual([ids.slice(0, 10), ids.slice(10, 20), ids.slice(20)]);
  expect(await audit.verify()).toMatchObject({ seals: 3, rows: 25, unsealed: 0, fault: undefined, complete: true });
});

test('without rows there is no seal, and a second run makes none', async () => {
  expect(await audit.seal()).toEqual({ done: true, seals: 0, rows: 0 });
  await audit.write(3);
  await audit.seal();
  expect(await audit.seal()).toEqual({ done: true, seals: 0, rows: 0 });
  expect(await archivedSeals()).toHaveLength(1);
});

test('a row that comes late, with an earlier time, is in a later seal', async () => {
  const [noon] = await writeAuditLogs(audit.bank.database.pool, 1, { at: '2026-01-02T12:00:00Z' });
  await audit.seal();
  const [morning] = await writeAuditLogs(audit.bank.database.pool, 1, { at: '2026-01-02T08:00:00Z' });
  await audit.seal();
  expect(await sealedIds()).toEqual([[noon], [morning]]);
  expect((await audit.verify()).fault).toBeUndefined();
});

test('a row that is committed after younger ones were sealed is sealed too', async () => {
  const session = await audit.bank.database.pool.connect();
  await session.query('begin');
  const [late] = await writeAuditLogs(session, 1);
  const [early] = await audit.write(1);
  await audit.seal();
  await session.query('commit');
  session.release();
  await audit.seal();
  expect(await sealedIds()).toEqual([[early], [late]]);
});

test('a run ends when its time is over, and the next goes on', async () => {
  const ids = await audit.write(25);
  let rounds = 0;
  const mayGoOn = () => {
    rounds += 1;
    return rounds === 1;
  };
  expect(await audit.seal({ mayGoOn })).toEqual({ done: false, seals: 1, rows: 10 });
  expect(await audit.seal()).toEqual({ done: true, seals: 2, rows: 15 });
  expect((await sealedIds()).flat()).toEqual(ids);
});

test('rows that do not fit into one answer of the Data API are read in pages', async () => {
  const data = { note: 'x"'.repeat(40_000) };
  await writeAuditLogs(audit.bank.database.pool, 12, { data });
  audit.bank.dataApi.callsSinceLast();
  expect(await audit.seal({ rowsPerSeal: 100 })).toEqual({ done: true, seals: 1, rows: 12 });
  expect(audit.bank.dataApi.callsSinceLast()).toBeGreaterThan(6);
  expect(await audit.verify()).toMatchObject({ rows: 12, fault: undefined });
});

describe('a run that is killed', () => {
  test('before it has written the seal leaves nothing behind', async () => {
    const ids = await audit.write(4);
    const put = () => Promise.reject(killed);
    await expect(audit.seal({ archive: { put } })).rejects.toBe(killed);
    expect(await sealedIds()).toEqual([]);
    await audit.seal();
    expect(await sealedIds()).toEqual([ids]);
  });

  test.each([
    [
      'after it has written the seal, before the database has it',
      () => ({ seals: { ...audit.seals, addSeal: () => Promise.reject(killed) } }),
    ],
    [
      'before it hears that the seal was written',
      () => ({
        archive: {
          async put(number: number, text: string): Promise<string> {
            await audit.archive.put(number, text);
            throw killed;
          },
        },
      }),
    ],
  ])('%s is completed by the next: the same seal, and the newer rows in another', async (_when, changes) => {
    const old = await audit.write(4);
    await expect(audit.seal(changes())).rejects.toBe(killed);
    const [unfinished] = await archivedSeals();
    const young = await audit.write(3);
    expect(await audit.verify()).toMatchObject({ seals: 0, unsealed: 7, fault: undefined, complete: true });

    expect(await audit.seal()).toEqual({ done: true, seals: 2, rows: 7 });
    expect(await sealedIds()).toEqual([old, young]);
    expect((await archivedSeals())[0]).toEqual(unfinished);
    expect(await audit.verify()).toMatchObject({ seals: 2, rows: 7, unsealed: 0, fault: undefined });
  });

  test('before it hears that the database has the seal is followed by the next seal', async () => {
    const old = await audit.write(4);
    const seals = {
      ...audit.seals,
      async addSeal(document: SealDocument) {
        await audit.seals.addSeal(document);
        throw killed;
      },
    };
    await expect(audit.seal({ seals })).rejects.toBe(killed);
    const young = await audit.write(3);
    await audit.seal();
    expect(await sealedIds()).toEqual([old, young]);
  });
});

describe('two runs at once', () => {
  test('make one chain, in which every row is once', async () => {
    const ids = await audit.write(95);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => audit.seal()));
    expect(outcomes.every(({ done }) => done)).toBe(true);
    expect((await sealedIds()).flat()).toEqual(ids);
    expect(await audit.verify()).toMatchObject({ seals: 10, rows: 95, unsealed: 0, fault: undefined });
  });

  test('that met before the archive keep the first seal, and the slower one loses nothing', async () => {
    const old = await audit.write(4);
    let young: string[] = [];
    const slow = audit.seal({
      archive: {
        async put(number, text) {
          if (number === 1) {
            // The other overtakes it, and has sealed one row more.
            young = await audit.write(1);
            await audit.seal();
          }
          return audit.archive.put(number, text);
        },
      },
    });
    await slow;
    expect(await sealedIds()).toEqual([[...old, ...young]]);
    expect((await audit.verify()).fault).toBeUndefined();
  });

  test('while rows are being written leave none behind', async () => {
    const writers = Array.from({ length: 6 }, () => audit.write(20));
    await Promise.all([...writers, audit.seal(), audit.seal()]);
    await audit.seal();
    expect((await sealedIds()).flat().toSorted()).toEqual((await Promise.all(writers)).flat().toSorted());
    expect(await audit.verify()).toMatchObject({ rows: 120, unsealed: 0, fault: undefined });
  });
});

test('a database that has lost its last seals gets them back from the archive before there is a new one', async () => {
  const ids = await audit.write(25);
  await audit.seal();
  const before = await archivedSeals();
  await audit.tamper(
    'delete from bank.audit_leaves where seal_number > 1',
    'delete from bank.audit_seals where number > 1',
  );
  const young = await audit.write(2);
  expect(await audit.seal()).toEqual({ done: true, seals: 3, rows: 17 });
  expect(await sealedIds()).toEqual([ids.slice(0, 10), ids.slice(10, 20), ids.slice(20), young]);
  expect((await archivedSeals()).slice(0, 3)).toEqual(before);
  expect((await audit.verify()).fault).toBeUndefined();
});

describe('what is no seal of the bank', () => {
  test.each([
    ['garbage', () => 'garbage'],
    ['a seal with another signature', (seal: SealDocument) => JSON.stringify({ ...seal, signature: 'AAAA' })],
    ['a seal with other leaves', (seal: SealDocument) => JSON.stringify({ ...seal, leaves: seal.leaves.toReversed() })],
  ])('stops the sealing where it lies in its way: %s', async (_what, spoil) => {
    await audit.write(4);
    const put = async (number: number, text: string) =>
      audit.archive.put(number, spoil(sealDocument.parse(JSON.parse(text))));
    await expect(audit.seal({ archive: { put } })).rejects.toThrow(/seal 1 .*nothing more is sealed/);
    await expect(audit.seal()).rejects.toThrow(/seal 1 .*nothing more is sealed/);
    expect(await audit.bank.count('audit_seals')).toBe(0);
  });

  test('does not get into the archive: a signature that the public key does not verify', async () => {
    await audit.write(1);
    const sign = () => audit.signer.sign('something else');
    await expect(audit.seal({ signer: { ...audit.signer, sign } })).rejects.toThrow(/signature does not verify/);
    expect(await archivedSeals()).toEqual([]);
  });
});

describe('the database', () => {
  test('takes the same seal twice, and no other of its number', async () => {
    await audit.write(15);
    await audit.seal();
    const [first, second] = (await archivedSeals()) as [SealDocument, SealDocument];
    await audit.seals.addSeal(first);
    expect(await audit.bank.count('audit_leaves')).toBe(15);
    const other = { ...second, header: { ...second.header, number: 1 } };
    await expect(audit.seals.addSeal(other)).rejects.toThrow(/another seal is in the place of seal 1/);
  });

  test('takes a seal of the ordinary size in one call', async () => {
    await audit.write(1);
    await audit.seal();
    const [{ header, signature }] = (await archivedSeals()) as [SealDocument];
    const leaves = Array.from({ length: 10_000 }, (): [string, string] => [randomUUID(), 'ab'.repeat(32)]);
    const next = { ...header, number: 2, previous_hash: headerHash(header), count: leaves.length };
    audit.bank.dataApi.callsSinceLast();
    await audit.seals.addSeal({ header: next, signature, leaves });
    expect(audit.bank.dataApi.callsSinceLast()).toBe(1);
    expect(await audit.bank.count('audit_leaves')).toBe(10_001);
  });

  test('takes no seal that does not follow the last one', async () => {
    await audit.write(5);
    await audit.seal();
    const [first] = (await archivedSeals()) as [SealDocument];
    const after = { ...first, header: { ...first.header, number: 2, previous_hash: 'ab'.repeat(32) } };
    await expect(audit.seals.addSeal(after)).rejects.toThrow(/the seal 2 does not follow/);
    const far = { ...first, header: { ...first.header, number: 3, previous_hash: 'cd'.repeat(32) } };
    await expect(audit.seals.addSeal(far)).rejects.toThrow(/the seal 3 does not follow/);
    expect(await audit.bank.count('audit_seals')).toBe(1);
  });

  test.each([
    "update bank.audit_seals set key_id = 'another'",
    'delete from bank.audit_seals',
    'truncate bank.audit_seals cascade',
    'update bank.audit_leaves set position = 9',
    'delete from bank.audit_leaves',
    'truncate bank.audit_leaves',
    "update bank.audit_logs set action = 'Nothing'",
    'delete from bank.audit_logs',
    'truncate bank.audit_logs',
  ])('refuses even a superuser: %s', async statement => {
    await audit.write(1);
    await audit.seal();
    await expect(audit.bank.database.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
  });
});
