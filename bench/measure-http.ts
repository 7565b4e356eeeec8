import type { BenchBank } from './bench-bank.ts';
import { readBooks } from './ledger-check.ts';
import type { Payer } from './load-messages.ts';
import { type HttpLoad, measure } from './measure.ts';
import { figuresOf, ratiosOf } from './measurements.ts';
import type { Outcome } from './outcome.ts';

/** Measures transfers and the reference over HTTP, and reads the books before and after. */
export async function measureHttp(
  bank: BenchBank,
  payers: Payer[],
  load: HttpLoad,
  progress: (line: string) => void,
): Promise<Outcome> {
  const before = await readBooks(bank.database);
  const measured = await measure(bank, payers, load, progress);
  const [transfer, selectOne] = [figuresOf(measured.transfer), figuresOf(measured.selectOne)];
  return {
    clients: load.clients,
    accounts: payers.flatMap(payer => payer.accounts).length,
    rounds: measured.transfer.length,
    seconds_each: load.seconds,
    transfer,
    select_one: selectOne,
    ratios: ratiosOf(transfer, selectOne),
    before,
    after: await readBooks(bank.database),
    deadlocks: await bank.deadlocks(),
  };
}
