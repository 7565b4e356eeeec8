import { measureInTurn } from '../in-turn.ts';
import { workLoad } from '../loads.ts';
import { plainRow, type Section } from '../section.ts';

/** What PostgreSQL itself takes for a durable transfer, which nothing on it can do without. */
export const floor: Section = {
  name: 'floor',
  about: 'the least a durable transfer costs: one prepared statement that updates two rows and inserts one',
  async run(bench) {
    const bank = await bench.bank();
    const work = { kind: 'floor' as const, url: bank.url('superuser'), accounts: bench.accounts };
    const loads = { '1': workLoad(1, work), '10': workLoad(10, work), '50': workLoad(50, work) };
    const { figures, failures } = await measureInTurn(bench, loads, async () => {});
    const rows = Object.entries(figures).map(([clients, { answers_per_second }]) =>
      plainRow('floor', `bare statement, clients: ${clients}`, 'transfers/s', answers_per_second),
    );
    return { rows, failures };
  },
};
