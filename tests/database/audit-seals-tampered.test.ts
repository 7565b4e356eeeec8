import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../lambdas/domain/audit/verify.ts';
import { type AuditBank, openAuditBank } from '../support/audit-bank.ts';

let audit: AuditBank;
/** Thirty rows in three seals, in their order, and two that wait. */
let ids: string[];
beforeEach(async () => {
  audit = await openAuditBank();
  ids = await audit.write(30);
  await audit.seal();
  ids.push(...(await audit.write(2)));
});
afterEach(() => audit?.close());

const idOf = (place: number) => ids[place] ?? '';

describe('a tail that was cut is named', () => {
  test('by the first row of the first seal that the database lacks', async () => {
    await audit.tamper(
      'delete from bank.audit_leaves where seal_number > 1',
      'delete from bank.audit_seals where number > 1',
    );
    expect((await audit.verify()).fault).toMatchObject({
      kind: 'SEAL_NOT_IN_DATABASE',
      seal_number: 2,
      audit_log_id: idOf(10),
    });
  });

  test('when the rows are gone, too, and their events', async () => {
    const gone = `(select audit_log_id from bank.audit_leaves where seal_number = 3)`;
    await audit.tamper(
      `delete from bank.audit_logs where id in ${gone}`,
      `delete from bank.events where id in ${gone}`,
      'delete from bank.audit_leaves where seal_number = 3',
      'delete from bank.audit_seals where number = 3',
    );
    const expected = { kind: 'SEAL_NOT_IN_DATABASE', seal_number: 3, audit_log_id: idOf(20), about: null };
    expect((await audit.verify()).fault).toMatchObject(expected);
    // The next run gets the seal back from the archive, and its rows are missed one by one.
    await audit.seal();
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_REMOVED', seal_number: 3, audit_log_id: idOf(20) });
  });

  test('when the rows were altered, and put on the list again as if they had never been sealed', async () => {
    await audit.tamper(
      `update bank.audit_logs set ip = null where id = '${idOf(25)}'`,
      `insert into bank.audit_unsealed select id, occurred_at from bank.audit_logs
        where id in (select audit_log_id from bank.audit_leaves where seal_number = 3)`,
      'delete from bank.audit_leaves where seal_number = 3',
      'delete from bank.audit_seals where number = 3',
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_ALTERED', seal_number: 3, audit_log_id: idOf(25) });
  });

  test('when two seals were put back on the list', async () => {
    await audit.tamper(
      `insert into bank.audit_unsealed select id, occurred_at from bank.audit_logs
        where id in (select audit_log_id from bank.audit_leaves where seal_number > 1)`,
      'delete from bank.audit_leaves where seal_number > 1',
      'delete from bank.audit_seals where number > 1',
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'SEAL_NOT_IN_DATABASE', seal_number: 2 });
  });

  test('in the archive: by the first row of the seal that it lacks', async () => {
    await audit.removeArchived(3);
    expect((await audit.verify()).fault).toMatchObject({
      kind: 'SEAL_NOT_IN_ARCHIVE',
      seal_number: 3,
      audit_log_id: idOf(20),
    });
  });

  test('in the archive: by the number of a seal that was forged in the database', async () => {
    await audit.tamper(`insert into bank.audit_seals
      select (jsonb_populate_record(original, jsonb_build_object('number', 4, 'hash', sha256('hash'), 'previous_hash', original.hash))).*
        from bank.audit_seals original where number = 3`);
    expect((await audit.verify()).fault).toMatchObject({
      kind: 'SEAL_NOT_IN_ARCHIVE',
      seal_number: 4,
      audit_log_id: null,
    });
  });

  test('in the middle of both', async () => {
    await audit.tamper(
      'delete from bank.audit_leaves where seal_number = 2',
      'delete from bank.audit_seals where number = 2',
    );
    await audit.removeArchived(2);
    expect((await audit.verify()).fault).toMatchObject({ kind: 'SEAL_NOT_IN_ARCHIVE', seal_number: 2 });
  });
});

describe('a seal is named', () => {
  test.each([
    ["key_id = 'another'"],
    ["signature = 'forged'"],
    ["sealed_at = sealed_at + interval '1 second'"],
    ["root = sha256('root')"],
  ])('when the database has it otherwise than the archive: %s', async change => {
    await audit.tamper(`update bank.audit_seals set ${change} where number = 2`);
    expect((await audit.verify()).fault).toMatchObject({ kind: 'SEAL_ALTERED', seal_number: 2, audit_log_id: null });
  });

  test('when the archive has it otherwise than it was signed', async () => {
    const seal = await audit.archived(2);
    const header = { ...seal.header, sealed_at: '2026-01-01T00:00:00+00:00' };
    await audit.overwrite(2, JSON.stringify({ ...seal, header }));
    expect((await audit.verify()).fault).toMatchObject({ kind: 'SEAL_NOT_SIGNED', seal_number: 2 });
  });

  test('when the archive has other leaves than its root says', async () => {
    const seal = await audit.archived(2);
    await audit.overwrite(2, JSON.stringify({ ...seal, leaves: seal.leaves.slice(1) }));
    expect((await audit.verify()).fault).toMatchObject({ kind: 'SEAL_ROOT_WRONG', seal_number: 2 });
  });

  test('when the archive has another seal in its place, signed as it is', async () => {
    await audit.overwrite(2, JSON.stringify(await audit.archived(3)));
    expect((await audit.verify()).fault).toMatchObject({ kind: 'SEAL_OUT_OF_CHAIN', seal_number: 2 });
  });

  test('when the archive holds something that is no seal', async () => {
    await audit.overwrite(2, '{}');
    expect((await audit.verify()).fault).toMatchObject({ kind: 'SEAL_UNREADABLE', seal_number: 2 });
  });

  test('when it is signed by another key than the bank’s, whatever key it names', async () => {
    const key = { ...(await audit.signer.publicKey()), id: 'arn:another' };
    const { fault } = await verifyAudit({ sources: audit.sources, key });
    expect(fault).toMatchObject({ kind: 'SEAL_NOT_SIGNED', seal_number: 1 });
  });
});

describe('a verification that is cut short', () => {
  test('goes on where it ended, and comes to the same', async () => {
    const key = await audit.signer.publicKey();
    const sums = { seals: 0, rows: 0, unsealed: 0, steps: 0 };
    let step = await verifyAudit({ sources: audit.sources, key, mayGoOn: () => false });
    for (; ; step = await verifyAudit({ sources: audit.sources, key, mayGoOn: () => false, from: step.place })) {
      sums.seals += step.seals;
      sums.rows += step.rows;
      sums.unsealed += step.unsealed;
      sums.steps += 1;
      if (step.complete) {
        break;
      }
    }
    expect(sums).toEqual({ seals: 3, rows: 30, unsealed: 2, steps: 5 });
  });

  test('and begins at a later seal checks that against the archive’s seal before it', async () => {
    const key = await audit.signer.publicKey();
    const from = { seal: 3 };
    const verify = async () => (await verifyAudit({ sources: audit.sources, key, from })).fault;
    expect(await verify()).toBeUndefined();
    const second = await audit.archived(2);
    await audit.overwrite(2, JSON.stringify({ ...second, signature: 'AAAA' }));
    expect(await verify()).toMatchObject({ kind: 'SEAL_NOT_SIGNED', seal_number: 2 });
    await audit.overwrite(2, JSON.stringify(await audit.archived(1)));
    expect(await verify()).toMatchObject({ kind: 'SEAL_OUT_OF_CHAIN', seal_number: 3 });
    await audit.overwrite(2, 'nothing');
    expect(await verify()).toMatchObject({ kind: 'SEAL_UNREADABLE', seal_number: 2 });
    await audit.removeArchived(2);
    expect(await verify()).toMatchObject({ kind: 'SEAL_NOT_IN_ARCHIVE', seal_number: 2 });
  });
});
