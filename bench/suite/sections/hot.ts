import { eachClientNumber } from '../each-client-number.ts';
import { forgetCounters } from '../filled-bank.ts';
import { measureInTurn } from '../in-turn.ts';
import type { Spread } from '../load/messages.ts';
import { workLoad } from '../loads.ts';
import { type Bench, comparedRow, type Found, type Section } from '../section.ts';
import { withBooks } from '../with-books.ts';

/** Transfers that wait for one another's accounts, beside those that do not. */
export const hot: Section = {
  name: 'hot',
  about: 'post_transfer among 10 accounts, and to one that everybody pays: ≥ 0.5 of its own rate over all accounts',
  async run(bench) {
    const bank = await bench.bank();
    return await withBooks(bank.pool, () => eachClientNumber([10, 50], clients => measure(bench, clients)));
  },
};

async function measure(bench: Bench, clients: number): Promise<Found> {
  const bank = await bench.bank();
  const common = { kind: 'transfer' as const, url: bank.url('bank_payments'), accounts: bench.accounts };
  const load = (spread: Spread) => workLoad(clients, { ...common, spread });
  const loads = { 'any accounts': load('any'), 'ten accounts': load('ten'), 'one account': load('one') };
  const { figures, failures } = await measureInTurn(bench, loads, () => forgetCounters(bank.pool));
  const { 'any accounts': everywhere, 'ten accounts': ten, 'one account': one } = figures;
  const reference = { name: 'over all accounts', value: everywhere.answers_per_second };
  const row = (name: string, rate: number) =>
    comparedRow('hot', `${name}, clients: ${clients}`, 'transfers/s', rate, reference, { atLeast: 0.5 });
  return {
    rows: [row('among 10 accounts', ten.answers_per_second), row('to one account', one.answers_per_second)],
    failures,
  };
}
