import { eachClientNumber } from '../each-client-number.ts';
import { forgetCounters } from '../filled-bank.ts';
import { measureInTurn } from '../in-turn.ts';
import { workLoad } from '../loads.ts';
import { type Bench, comparedRow, type Found, type Section, type Target } from '../section.ts';
import { withBooks } from '../with-books.ts';

/** The whole of a transfer beside the floor, and beside the bare writing of what it leaves, one transfer at a time. */
export const transfer: Section = {
  name: 'transfer',
  about: 'post_transfer with everything on, beside the floor: ≥ 0.5 of its rate at 10 and 50 clients',
  async run(bench) {
    const bank = await bench.bank();
    return await withBooks(bank.pool, () => eachClientNumber([10, 50], clients => measure(bench, clients)));
  },
};

async function measure(bench: Bench, clients: number): Promise<Found> {
  const bank = await bench.bank();
  const { accounts } = bench;
  const loads = {
    floor: workLoad(clients, { kind: 'floor', url: bank.url('superuser'), accounts }),
    rows: workLoad(clients, { kind: 'rows', url: bank.url('superuser'), accounts }),
    post_transfer: workLoad(clients, { kind: 'transfer', url: bank.url('bank_payments'), accounts, spread: 'any' }),
  };
  const { figures, failures } = await measureInTurn(bench, loads, () => forgetCounters(bank.pool));
  const measured = figures.post_transfer.answers_per_second;
  const floor = { name: 'floor', value: figures.floor.answers_per_second };
  const rows = { name: 'its rows alone', value: figures.rows.answers_per_second };
  const row = (name: string, ...rest: [measured: number, reference: typeof floor, target?: Target]) =>
    comparedRow('transfer', `${name}, clients: ${clients}`, 'transfers/s', ...rest);
  return {
    rows: [
      row('post_transfer', measured, floor, { atLeast: 0.5 }),
      row('its rows alone', rows.value, floor),
      row('post_transfer', measured, rows),
    ],
    failures,
  };
}
