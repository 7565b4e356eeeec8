import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bankDatabase, type TestDatabase } from '../support/postgres.ts';

const allowed: Record<string, string[]> = {
  bank_customers: [
    'add_ssn_indexes',
    'freeze_customer',
    'list_unindexed_ssns',
    'read_customer',
    'read_ssn_ciphertext',
    'register_customer',
    'retire_ssn_indexes',
    'review_customer',
    'unfreeze_customer',
    'update_customer',
  ],
  bank_accounts: [
    'close_account',
    'freeze_account',
    'list_accounts',
    'list_fee_rules',
    'list_fees',
    'open_account',
    'read_account',
    'read_balance_at',
    'read_interest',
    'set_fee_rule',
    'unfreeze_account',
    'update_account',
  ],
  bank_limits: ['read_limits', 'set_limits'],
  bank_users: ['set_user_disabled'],
  bank_fraud: [
    'assign_fraud_alert',
    'list_fraud_alerts',
    'read_fraud_alert',
    'read_fraud_rules',
    'resolve_fraud_alert',
    'set_fraud_rules',
  ],
  bank_payments: ['post_deposit', 'post_reversal', 'post_transfer', 'post_transfers', 'post_withdrawal', 'waive_fee'],
  bank_transactions: ['list_transactions', 'read_transaction'],
  bank_holds: ['capture_hold', 'list_holds', 'place_hold', 'read_hold', 'release_hold'],
  bank_orders: [
    'cancel_standing_order',
    'create_standing_order',
    'list_standing_orders',
    'pause_standing_order',
    'read_standing_order',
    'resume_standing_order',
  ],
  bank_workers: [
    'claim_notifications',
    'fail_run',
    'mark_notifications_sent',
    'process_events',
    'read_review_features',
    'run_job_part',
    'start_run',
  ],
  bank_schedules: [
    'add_audit_seal',
    'claim_notifications',
    'claim_statements',
    'claim_unprocessed_events',
    'close_books',
    'close_statements',
    'expire_holds',
    'fail_run',
    'last_audit_seal',
    'mark_notifications_sent',
    'mark_relayed',
    'mark_statement_archived',
    'read_closed_statement',
    'read_outbox',
    'read_unsealed_audit',
    'reconcile_accounts',
    'reconcile_checkpoints',
    'reconcile_interest',
    'reconcile_outbox',
    'reconcile_transactions',
    'record_reconciliation',
    'run_job_part',
    'run_standing_order',
    'start_run',
  ],
  bank_statements: ['list_statements', 'read_statement'],
  bank_audit: [
    'admit_auditor',
    'compare_audit',
    'describe_audit_log',
    'find_audit_seal',
    'list_audit_logs',
    'list_reconciliations',
    'read_audit_log',
    'read_reconciliation',
    'read_sealed_audit',
    'read_unsealed_audit',
  ],
};
/** Goes around every call. */
const everyLogin = ['with_events'];

let database: TestDatabase;
beforeAll(async () => {
  database = await bankDatabase();
});
afterAll(() => database.drop());

async function names(sql: string, parameters: unknown[] = []): Promise<string[]> {
  return (await database.pool.query(sql, parameters)).rows.map(row => row.name);
}

describe.each(Object.keys(allowed))('the login %s', login => {
  test('may call just the functions of its capability', async () => {
    const callable = `select proname as name from pg_proc where pronamespace = 'bank'::regnamespace and has_function_privilege($1, oid, 'execute') order by 1`;
    expect(await names(callable, [login])).toEqual([...(allowed[login] ?? []), ...everyLogin].sort());
  });

  test('may not touch a table or a sequence in any way', async () => {
    const touchable = `select relname as name from pg_class
      where relnamespace = 'bank'::regnamespace
        and (relkind = 'r' and has_table_privilege($1, oid, 'select, insert, update, delete, truncate, references, trigger')
          or relkind = 'S' and has_sequence_privilege($1, oid, 'usage, select, update'))`;
    expect(await names(touchable, [login])).toEqual([]);
  });

  test('may make nothing, and belongs to no other role', async () => {
    const { rows } = await database.pool.query(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls,
              has_schema_privilege(oid, 'bank', 'create') as creates_in_bank, has_schema_privilege(oid, 'migration', 'usage') as migrates,
              has_schema_privilege(oid, 'public', 'create') as creates_in_public,
              exists (select from pg_auth_members where member = oid) as is_member
         from pg_roles where rolname = $1`,
      [login],
    );
    expect(new Set(Object.values(rows[0]))).toEqual(new Set([false]));
  });

  test('gives up on a statement before the caller of its function does', async () => {
    const { rows } = await database.pool.query('select rolconfig from pg_roles where rolname = $1', [login]);
    expect(rows[0].rolconfig).toEqual(expect.arrayContaining(['statement_timeout=8s', 'lock_timeout=5s']));
  });
});

test('every function that lends its owner’s powers fixes its search path', async () => {
  const loose = `select proname as name from pg_proc
    where pronamespace in ('bank'::regnamespace, 'migration'::regnamespace) and prosecdef
      and not coalesce(proconfig @> array['search_path=pg_catalog, bank, pg_temp'], false)`;
  expect(await names(loose)).toEqual([]);
});

test('everything in the schema belongs to bank_owner, who cannot log in', async () => {
  const strangers = `select relname as name from pg_class where relnamespace = 'bank'::regnamespace and relowner <> 'bank_owner'::regrole
    union all select proname from pg_proc where pronamespace = 'bank'::regnamespace and proowner <> 'bank_owner'::regrole`;
  expect(await names(strangers)).toEqual([]);
  expect(
    await names(`select rolname as name from pg_roles where rolname = 'bank_owner' and (rolcanlogin or rolsuper)`),
  ).toEqual([]);
});

test('no query of a function is built from text', async () => {
  const dynamic = `select proname as name from pg_proc where pronamespace = 'bank'::regnamespace and prosrc ~* '\\mexecute\\M'`;
  expect(await names(dynamic)).toEqual([]);
});
