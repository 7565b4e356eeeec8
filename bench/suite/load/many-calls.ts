import {
  BeginTransactionCommand,
  CommitTransactionCommand,
  ExecuteStatementCommand,
  type RDSDataClient,
  RollbackTransactionCommand,
  type SqlParameter,
} from '@aws-sdk/client-rds-data';
import { uuidv7 } from 'uuidv7';
import type { DatabaseTarget } from '../../../lambdas/adapters/database.ts';

interface BareTransfer {
  from: number;
  to: number;
  amount: string;
}

const lock = 'select balance::text from bare.accounts where id = :id for update';
const add = 'update bare.accounts set balance = balance + :amount::numeric where id = :id';
const insertTransfer = `
  insert into bare.transfers (id, from_id, to_id, amount, created_at) values (:id::uuid, :from, :to, :amount::numeric, clock_timestamp())`;
const insertAudit = `
  insert into bare.audit_logs (id, transfer_id, what, created_at) values (:id::uuid, :transfer::uuid, :what::jsonb, clock_timestamp())`;

/**
 * A transfer as it is often written: begin, two SELECT … FOR UPDATE in the order of the ids, a check of the funds, two UPDATEs, two INSERTs,
 * commit. Eight calls of the Data API, on tables without a constraint.
 */
export async function transferInManyCalls(
  client: RDSDataClient,
  target: DatabaseTarget,
  { from, to, amount }: BareTransfer,
): Promise<void> {
  const { transactionId } = await client.send(new BeginTransactionCommand(target));
  const execute = (sql: string, parameters: Record<string, SqlParameter['value']>) => {
    const named = Object.entries(parameters).map(([name, value]) => ({ name, value }));
    return client.send(new ExecuteStatementCommand({ ...target, transactionId, sql, parameters: named }));
  };
  try {
    const balances = new Map<number, number>();
    for (const id of [from, to].toSorted((one, other) => one - other)) {
      const { records } = await execute(lock, { id: { longValue: id } });
      // Good enough for a check that is measured and not trusted.
      balances.set(id, Number(records?.[0]?.[0]?.stringValue));
    }
    if ((balances.get(from) ?? 0) < Number(amount)) {
      throw new Error(`Account ${from} has not enough for a transfer`);
    }
    await execute(add, { id: { longValue: from }, amount: { stringValue: `-${amount}` } });
    await execute(add, { id: { longValue: to }, amount: { stringValue: amount } });
    const transfer = uuidv7();
    await execute(insertTransfer, {
      id: { stringValue: transfer },
      from: { longValue: from },
      to: { longValue: to },
      amount: { stringValue: amount },
    });
    await execute(insertAudit, {
      id: { stringValue: uuidv7() },
      transfer: { stringValue: transfer },
      what: { stringValue: JSON.stringify({ action: 'TRANSFER', amount }) },
    });
    await client.send(new CommitTransactionCommand({ ...target, transactionId }));
  } catch (error) {
    await client.send(new RollbackTransactionCommand({ ...target, transactionId }));
    throw error;
  }
}
