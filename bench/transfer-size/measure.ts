import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { fillBank } from '../interest/fill.ts';
import { openBank } from '../migrated-bank.ts';

/** What one transfer leaves behind, in bytes. */
export interface TransferSize {
  storedBytes: number;
  walBytes: number;
  /** Milliseconds of a core that the database took for the transfer itself, and for its event; undefined where Linux's /proc is missing. */
  cpuMilliseconds: { transfer: number; event: number } | undefined;
  /** The part of each table that grew, with its indexes. */
  tables: { name: string; bytes: number }[];
}

const accounts = 1000;

/** A transfer of a cent by a customer of the bank, from one account to the next, with a key as a careful client sends one. */
const postTransfer = `
  select bank.post_transfer(bank.uuid_v7(), one.id, other.id, 0.01, 'Rent for the month', $3::text,
      jsonb_build_object('id', $4::uuid, 'roles', jsonb_build_array('teller'), 'own_accounts_only', false,
        'ip', '203.0.113.7', 'user_agent', 'Mozilla/5.0 (X11; Linux x86_64)', 'session_id', $3::text, 'request_id', $3::text))
    from bank.accounts one, bank.accounts other
   where one.account_number = lpad($1::text, 10, '0') and other.account_number = lpad($2::text, 10, '0')`;

/** Events in batches of five, as the worker has them when little else is to be done. */
const processBatch = `
  select bank.process_events(coalesce(jsonb_agg(id), '[]'), '[]') from (
    select id from bank.events where processed_at is null order by id limit 5) batch`;

/** The rules read what they always read, and find nothing in it. */
const calmFraudRules = `
  update bank.fraud_rules rule
     set parameters = rule.parameters || (
       select jsonb_object_agg(name, 0) from jsonb_object_keys(rule.parameters) name where name like '%score')
   where rule.phase = 'GATE'`;

const sizes = `
  select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
   where relnamespace = 'bank'::regnamespace and relkind = 'r'`;

/** Makes so many transfers on a new database of a server, and processes their events. */
export async function measureTransfers(serverUrl: string, count: number): Promise<TransferSize> {
  const bank = await openBank(serverUrl, 'transfer_size');
  try {
    await fillBank(bank.pool, accounts);
    await bank.pool.query(calmFraudRules);
    const before = await stateOf(bank.pool);
    const started = await processorTime(bank.pool);
    for (let made = 0; made < count; made += 1) {
      const key = randomUUID();
      const { rows } = await bank.pool.query(postTransfer, [
        (made % 399) * 2 + 1,
        (made % 399) * 2 + 2,
        key,
        randomUUID(),
      ]);
      if (!JSON.stringify(rows[0]).includes('"COMPLETED"')) throw new Error(`No transfer: ${JSON.stringify(rows)}`);
    }
    const moved = await processorTime(bank.pool);
    for (let done = 0; done < count; done += 5) await bank.pool.query(processBatch);
    const processed = await processorTime(bank.pool);
    const after = await stateOf(bank.pool);
    const tables = [...after.tables]
      .map(([name, bytes]) => ({ name, bytes: Math.round((bytes - (before.tables.get(name) ?? 0)) / count) }))
      .filter(({ bytes }) => bytes > 0)
      .sort((one, other) => other.bytes - one.bytes);
    const storedBytes = tables.reduce((sum, { bytes }) => sum + bytes, 0);
    const cpuMilliseconds =
      started === undefined || moved === undefined || processed === undefined
        ? undefined
        : { transfer: (moved - started) / count, event: (processed - moved) / count };
    return { storedBytes, walBytes: Math.round((after.wal - before.wal) / count), cpuMilliseconds, tables };
  } finally {
    await bank.close();
  }
}

async function stateOf(pool: Pool): Promise<{ wal: number; tables: Map<string, number> }> {
  const { rows } = await pool.query<{ name: string; bytes: number }>(sizes);
  const position = await pool.query("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal");
  return { wal: position.rows[0].wal, tables: new Map(rows.map(({ name, bytes }) => [name, bytes])) };
}

/** Linux counts a process's time in hundredths of a second. */
const millisecondsPerTick = 10;

/** Milliseconds of a core that the one session of a pool has taken so far (proc(5): utime and stime). */
async function processorTime(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const stat = await readFile(`/proc/${rows[0]?.pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the program's name in brackets, which may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}
