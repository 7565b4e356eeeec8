import type { Pool } from 'pg';
import { type Booked, bookedTransactions, readFaults } from './check-database.ts';
import type { Entry, Operation } from './history.ts';

/**
 * Compares a history with the database that it happened in, knowing nothing of how either came about.
 *
 * @returns a sentence for each thing that must not be; none when every operation that was acknowledged is there once, none is
 * there that nobody asked for, and everything adds up.
 */
export async function check(history: readonly Entry[], database: Pool): Promise<string[]> {
  const start = history.find(entry => entry.kind === 'start');
  const end = history.find(entry => entry.kind === 'end');
  if (!start || !end) {
    return ['the history has no start or no end'];
  }
  const operations = history.filter(entry => entry.kind === 'operation');
  const booked = await bookedTransactions(database, Object.keys(start.balances));
  return [
    ...readsThatDiffer(history, start.total),
    ...operations.flatMap(operation => faultsOf(operation, booked.get(operation.key) ?? [])),
    ...unasked(operations, booked),
    ...(await balancesThatDiffer(database, start.balances, operations, booked)),
    ...(await readFaults(database)),
    ...(end.intact ? [] : ['the audit does not verify']),
    ...(end.unsealed === 0 ? [] : [`${end.unsealed} rows of the audit are not sealed`]),
    ...(end.deadlocks === 0 ? [] : [`PostgreSQL logged ${end.deadlocks} deadlocks`]),
  ];
}

function readsThatDiffer(history: readonly Entry[], total: string): string[] {
  return history
    .filter(entry => entry.kind === 'read')
    .filter(read => read.total !== total)
    .map(read => `a read found ${read.total} cents in all where there are ${total}`);
}

/** What is wrong with an operation, given the completed transactions of its key. */
function faultsOf(operation: Operation, found: readonly Booked[]): string[] {
  const { what, key, fate, transactions } = operation;
  const name = `${what} ${key}`;
  const [booked] = found;
  if (found.length > 1) return [`${name} was carried out ${found.length} times`];
  if (new Set(transactions).size > 1) return [`${name} was answered with different transactions`];
  if (fate === 'refused') return booked ? [`${name} was refused and carried out`] : [];
  if (!booked) return fate === 'done' ? [`${name} was acknowledged and is lost`] : [];
  const differs = booked.from !== operation.from || booked.to !== operation.to || booked.cents !== operation.cents;
  if (differs) return [`${name} was carried out with other accounts or another amount than asked`];
  const [answered] = transactions;
  return answered === undefined || answered === booked.id
    ? []
    : [`${name} was answered with a transaction that is not its own`];
}

function unasked(operations: readonly Operation[], booked: ReadonlyMap<string, unknown>): string[] {
  const asked = new Set(operations.map(({ key }) => key));
  return [...booked.keys()].filter(key => !asked.has(key)).map(key => `nobody asked for ${key}, which was carried out`);
}

/** Every balance must be what it began with, and what the operations that were carried out have moved. */
async function balancesThatDiffer(
  database: Pool,
  before: Readonly<Record<string, string>>,
  operations: readonly Operation[],
  booked: ReadonlyMap<string, readonly Booked[]>,
): Promise<string[]> {
  const expected = new Map(Object.entries(before).map(([account, cents]) => [account, BigInt(cents)]));
  const add = (account: string | null, cents: bigint) => {
    if (account !== null) expected.set(account, (expected.get(account) ?? 0n) + cents);
  };
  for (const { from, to, cents } of operations.filter(({ key }) => booked.has(key))) {
    add(from, -BigInt(cents));
    add(to, BigInt(cents));
  }
  const { rows } = await database.query<{ id: string; cents: string }>(
    'select id, trunc(balance * 100)::text as cents from bank.accounts where id = any($1)',
    [[...expected.keys()]],
  );
  const found = new Map(rows.map(({ id, cents }) => [id, BigInt(cents)]));
  return [...expected]
    .filter(([account, cents]) => found.get(account) !== cents)
    .map(([account, cents]) => `account ${account} should hold ${cents} cents and holds ${found.get(account)}`);
}
