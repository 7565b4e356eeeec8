import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { accountId } from '../ids.ts';
import { insertRows, rowsOfTransfer } from './bare-rows.ts';
import type { LoadClient } from './load-client.ts';
import type { Work } from './messages.ts';
import { ownerJson, pickOwned, pickTransfer, pickTwo } from './pick.ts';

export type SqlWork = Exclude<Work, { kind: 'one-call' | 'many-calls' }>;

const amount = '1.25';
const dayMilliseconds = 86_400_000;

/** Each is prepared once on its connection. */
const statements: Record<SqlWork['kind'], string> = {
  floor: `
    with moved as (
      update bare.accounts set balance = balance + case when id = $2 then -$4::numeric else $4::numeric end where id in ($2, $3)
    )
    insert into bare.transfers (id, from_id, to_id, amount, created_at) values ($1, $2, $3, $4, clock_timestamp())`,
  rows: insertRows,
  transfer: 'select bank.post_transfer($1, $2, $3, $4, $5, $6, $7) as answer',
  batch: `select bank.post_transfers($1, 'ATOMIC', $2, $3, $4) as answer`,
  list: 'select bank.list_transactions($1, null, null, 50, $2) as answer',
  'balance-at': 'select bank.read_balance_at($1, $2, $3) as answer',
};

/** Refused as a whole, or one of its transfers. */
const refused = z.looseObject({ refusal: z.looseObject({ code: z.string() }) });

/** A client with a connection to PostgreSQL and one prepared statement. */
export async function openSqlClient(work: SqlWork): Promise<LoadClient> {
  const client = new Client({ connectionString: work.url });
  await client.connect();
  const text = statements[work.kind];
  return {
    async send() {
      const { rows } = await client.query({ name: work.kind, text, values: valuesOf(work) });
      const found = refused.safeParse(rows[0]?.answer);
      return found.success ? found.data.refusal.code : undefined;
    },
    close: () => client.end(),
  };
}

function valuesOf(work: SqlWork): unknown[] {
  switch (work.kind) {
    case 'floor':
      return [uuidv7(), ...pickTwo(work.accounts), amount];
    case 'rows':
      return rowsOfTransfer(...pickTwo(work.accounts), amount);
    case 'transfer': {
      const [from, to] = pickTransfer(work.accounts, work.spread);
      return [uuidv7(), accountId(from), accountId(to), amount, 'Bench', uuidv7(), ownerJson(from)];
    }
    case 'batch':
      return batchValues(work.accounts, work.size);
    case 'list':
      return pickOwned(work.accounts);
    case 'balance-at': {
      const [id, owner] = pickOwned(work.accounts);
      return [id, new Date(Date.now() - Math.random() * 80 * dayMilliseconds).toISOString(), owner];
    }
  }
}

/** One payer's batch, to any others. */
function batchValues(accounts: number, size: number): unknown[] {
  const [payer] = pickTwo(accounts);
  const transfers = Array.from({ length: size }, () => ({
    from_account_id: accountId(payer),
    to_account_id: accountId((payer + 1 + Math.floor(Math.random() * (accounts - 1))) % accounts),
    amount,
    description: 'Bench',
  }));
  return [uuidv7(), JSON.stringify(transfers), uuidv7(), ownerJson(payer)];
}
