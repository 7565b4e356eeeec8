import { eachClientNumber } from '../each-client-number.ts';
import { forgetCounters } from '../filled-bank.ts';
import { measureInTurn } from '../in-turn.ts';
import { workLoad } from '../loads.ts';
import { type Bench, comparedRow, type Found, type Section } from '../section.ts';
import { withBooks } from '../with-books.ts';

/** What a call of the Data API costs within a region, about. */
const inRegion = 15;

/** One call a transfer beside eight, through the Data API. */
export const calls: Section = {
  name: 'calls',
  about:
    'a transfer in one Data API call beside one in eight, as is and with 15 ms more a call: then ≥ 5 times its rate',
  async run(bench) {
    const bank = await bench.bank();
    return await withBooks(bank.pool, () =>
      eachClientNumber([1, 10], async clients => {
        const near = await measure(bench, clients, 0);
        const far = await measure(bench, clients, inRegion);
        return { rows: [...near.rows, ...far.rows], failures: [...near.failures, ...far.failures] };
      }),
    );
  },
};

async function measure(bench: Bench, clients: number, delay: number): Promise<Found> {
  const bank = await bench.bank();
  const common = { url: bank.dataApiUrl, accounts: bench.accounts, delay };
  const loads = {
    'eight calls': workLoad(clients, { kind: 'many-calls', ...common }),
    'one call': workLoad(clients, { kind: 'one-call', ...common }),
  };
  const { figures, failures } = await measureInTurn(bench, loads, () => forgetCounters(bank.pool));
  const row = comparedRow(
    'calls',
    `one call, ${delay} ms more a call, clients: ${clients}`,
    'transfers/s',
    figures['one call'].answers_per_second,
    { name: 'eight calls', value: figures['eight calls'].answers_per_second },
    delay === inRegion ? { atLeast: 5 } : undefined,
  );
  return { rows: [row], failures };
}
