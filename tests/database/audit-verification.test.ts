import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

test('an audit that nobody has touched is intact, and what is not sealed yet is counted', async () => {
  expect(await audit.verify()).toEqual({
    seals: 3,
    rows: 30,
    unsealed: 2,
    fault: undefined,
    place: { seal: 4 },
    complete: true,
  });
});

test('an audit without a row is intact', async () => {
  await audit.tamper(
    'truncate bank.audit_leaves, bank.audit_seals, bank.audit_logs, bank.audit_unsealed, bank.events cascade',
  );
  await Promise.all([1, 2, 3].map(audit.removeArchived));
  expect(await audit.verify()).toMatchObject({ seals: 0, rows: 0, unsealed: 0, fault: undefined, complete: true });
});

describe('a sealed row is named', () => {
  test.each([
    ['action', "action = 'Nothing'"],
    ['event_version', 'version = 2'],
    ['entity_type', "entity_type = 'customer'"],
    ['entity_id', 'entity_id = gen_random_uuid()'],
    ['actor_id', 'actor_id = null'],
    ['actor_roles', `actor_roles = '["admin"]'`],
    ['ip', "ip = '198.51.100.1'"],
    ['user_agent', 'user_agent = null'],
    ['old_values', `old_values = '{"status": "CLOSED"}'`],
    ['new_values', 'new_values = new_values || \'{"__proto__": 1}\''],
    ['metadata', "metadata = jsonb_set(metadata, '{place}', '12.00000000000000000001')"],
    ['occurred_at', "occurred_at = occurred_at + interval '1 microsecond'"],
    ['recorded_at', "recorded_at = recorded_at - interval '1 microsecond'"],
  ])('when its %s was changed', async (_field, change) => {
    await audit.tamper(`update bank.audit_logs set ${change} where id = '${idOf(12)}'`);
    const { fault } = await audit.verify();
    expect(fault).toMatchObject({
      kind: 'ROW_ALTERED',
      message: 'the row was changed after it was sealed',
      seal_number: 2,
      audit_log_id: idOf(12),
      about: { entity_type: 'account', action: 'AccountFrozen' },
    });
  });

  test('when it was removed, by what its event says of it', async () => {
    await audit.tamper(`delete from bank.audit_logs where id = '${idOf(20)}'`);
    const { rows } = await audit.bank.database.pool.query('select aggregate_id from bank.events where id = $1', [
      idOf(20),
    ]);
    expect((await audit.verify()).fault).toMatchObject({
      kind: 'ROW_REMOVED',
      seal_number: 3,
      audit_log_id: idOf(20),
      about: { entity_id: rows[0].aggregate_id, action: 'AccountFrozen' },
    });
  });

  test('when it was removed with its event, by its id alone', async () => {
    await audit.tamper(
      `delete from bank.audit_logs where id = '${idOf(20)}'`,
      `delete from bank.events where id = '${idOf(20)}'`,
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_REMOVED', audit_log_id: idOf(20), about: null });
  });

  test('when it was removed with its leaf', async () => {
    await audit.tamper(
      `delete from bank.audit_logs where id = '${idOf(20)}'`,
      `delete from bank.audit_leaves where audit_log_id = '${idOf(20)}'`,
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'LEAF_REMOVED', audit_log_id: idOf(20) });
  });

  test('when it was changed, its event too, and its leaf, its root and its seal in the database made to fit', async () => {
    await audit.tamper(
      `update bank.audit_logs set action = 'Nothing' where id = '${idOf(12)}'`,
      `update bank.events set type = 'Nothing' where id = '${idOf(12)}'`,
      `update bank.audit_leaves set leaf_hash = sha256('forged') where audit_log_id = '${idOf(12)}'`,
      `update bank.audit_seals set root = sha256('root'), hash = sha256('hash'), signature = 'forged' where number = 2`,
    );
    expect((await audit.verify()).fault).toMatchObject({
      kind: 'ROW_ALTERED',
      seal_number: 2,
      audit_log_id: idOf(12),
    });
  });

  test('when two rows have changed places', async () => {
    await audit.tamper(
      `update bank.audit_leaves set position = 99 where audit_log_id = '${idOf(3)}'`,
      `update bank.audit_leaves set position = 3 where audit_log_id = '${idOf(4)}'`,
      `update bank.audit_leaves set position = 4 where audit_log_id = '${idOf(3)}'`,
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'LEAF_ALTERED', seal_number: 1, audit_log_id: idOf(3) });
  });

  test('the first of them, when there are several', async () => {
    await audit.tamper(
      `delete from bank.audit_logs where id = '${idOf(25)}'`,
      `update bank.audit_logs set ip = null where id in ('${idOf(7)}', '${idOf(8)}')`,
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_ALTERED', audit_log_id: idOf(7) });
  });
});

describe('a row that is not sealed yet is named', () => {
  test('when it is not what its event says, now and after it was sealed so', async () => {
    await audit.tamper(
      `update bank.audit_logs set metadata = '{}', occurred_at = '2020-01-01' where id = '${idOf(30)}'`,
    );
    const expected = { kind: 'ROW_UNLIKE_EVENT', audit_log_id: idOf(30), about: { action: 'AccountFrozen' } };
    expect((await audit.verify()).fault).toMatchObject(expected);
    await audit.seal();
    expect((await audit.verify()).fault).toMatchObject(expected);
  });

  test('when it was removed', async () => {
    await audit.tamper(`delete from bank.audit_logs where id = '${idOf(31)}'`);
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_REMOVED', audit_log_id: idOf(31) });
    expect(await audit.seal()).toMatchObject({ done: true, rows: 1 });
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_REMOVED', audit_log_id: idOf(31) });
  });

  test('when it was removed from the list of those that wait', async () => {
    await audit.tamper(`delete from bank.audit_unsealed where audit_log_id = '${idOf(31)}'`);
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_OUTSIDE_SEALS', audit_log_id: idOf(31) });
  });

  test('when a sealed one was put on the list, which stops the sealing', async () => {
    await audit.tamper(
      `insert into bank.audit_unsealed select id, occurred_at from bank.audit_logs where id = '${idOf(5)}'`,
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_WAITS_AGAIN', audit_log_id: idOf(5) });
    await expect(audit.seal()).rejects.toThrow(/duplicate key/);
  });

  test('when it was removed with its place in the list, by the event that is left', async () => {
    await audit.tamper(
      `delete from bank.audit_logs where id = '${idOf(31)}'`,
      `delete from bank.audit_unsealed where audit_log_id = '${idOf(31)}'`,
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'ROW_REMOVED', audit_log_id: idOf(31) });
  });
});

describe('a row that was inserted is named', () => {
  const stranger = '01900000-0000-7000-8000-000000000001';
  /** Writes a copy of the first row of a table, under the id of the stranger. */
  const copy = (table: string) => `insert into bank.${table}
    select (jsonb_populate_record(original, '{"id": "${stranger}"}')).* from bank.${table} original where id = '${idOf(0)}'`;

  test('where no event tells of it, before it is sealed and afterwards', async () => {
    await audit.bank.database.pool.query(copy('audit_logs'));
    const expected = { kind: 'ROW_INSERTED', audit_log_id: stranger, about: { action: 'AccountFrozen' } };
    expect((await audit.verify()).fault).toMatchObject(expected);
    await audit.seal();
    expect((await audit.verify()).fault).toMatchObject(expected);
  });

  test('where it has a forged leaf in a seal', async () => {
    await audit.tamper(
      copy('audit_logs'),
      `insert into bank.audit_leaves values ('${stranger}', 2, 10, sha256('forged'))`,
      `update bank.audit_seals set count = 11 where number = 2`,
    );
    expect((await audit.verify()).fault).toMatchObject({
      kind: 'LEAF_INSERTED',
      seal_number: 2,
      audit_log_id: stranger,
    });
  });

  test('where it has a forged leaf in a seal that does not exist', async () => {
    await audit.tamper(
      copy('audit_logs'),
      copy('events'),
      `insert into bank.audit_leaves values ('${stranger}', 9, 0, sha256('forged'))`,
    );
    expect((await audit.verify()).fault).toMatchObject({ kind: 'LEAF_INSERTED', audit_log_id: stranger });
  });
});

test('while rows are written and sealed, a verification finds no fault', async () => {
  const faults: unknown[] = [];
  const work = async () => {
    while (faults.length < 4) {
      await Promise.all([audit.write(7), audit.seal({ rowsPerSeal: 5 })]);
    }
  };
  const check = async () => {
    while (faults.length < 4) {
      faults.push((await audit.verify()).fault);
    }
  };
  await Promise.all([work(), check()]);
  expect(faults).toEqual([undefined, undefined, undefined, undefined]);
});
