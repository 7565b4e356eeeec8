import { eachClientNumber } from '../each-client-number.ts';
import { forgetCounters } from '../filled-bank.ts';
import { measureInTurn } from '../in-turn.ts';
import { type Bench, comparedRow, type Found, type Section } from '../section.ts';
import { withBooks } from '../with-books.ts';

/** Transfers that are sent together, beside those that are sent one by one. */
export const batch: Section = {
  name: 'batch',
  about: 'post_transfers, 50 and 1,000 a call, beside post_transfer: ≥ 8 times the transfers at 50',
  async run(bench) {
    const bank = await bench.bank();
    return await withBooks(bank.pool, () => eachClientNumber([1, 10], clients => measure(bench, clients)));
  },
};

async function measure(bench: Bench, clients: number): Promise<Found> {
  const bank = await bench.bank();
  const common = { url: bank.url('bank_payments'), accounts: bench.accounts };
  const loads = {
    single: { clients, work: { kind: 'transfer' as const, spread: 'any' as const, ...common } },
    'batches of 50': { clients, work: { kind: 'batch' as const, size: 50, ...common } },
    'batches of 1000': { clients, work: { kind: 'batch' as const, size: 1000, ...common } },
  };
  const { figures, failures } = await measureInTurn(bench, loads, () => forgetCounters(bank.pool));
  const reference = { name: 'one by one', value: figures.single.answers_per_second };
  const row = (size: 50 | 1000) =>
    comparedRow(
      'batch',
      `post_transfers, ${size} a call, clients: ${clients}`,
      'transfers/s',
      figures[`batches of ${size}`].answers_per_second * size,
      reference,
      size === 50 ? { atLeast: 8 } : undefined,
    );
  return { rows: [row(50), row(1000)], failures };
}
