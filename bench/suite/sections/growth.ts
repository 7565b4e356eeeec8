import type { MigratedBank } from '../../migrated-bank.ts';
import { fillHistory, leastPostings, watchedAccounts } from '../fill-history.ts';
import { forgetCounters, openFilledBank } from '../filled-bank.ts';
import { measureInTurn } from '../in-turn.ts';
import { workLoad } from '../loads.ts';
import { type Bench, comparedRow, type Found, type Section } from '../section.ts';
import { withBooks } from '../with-books.ts';

/** A young bank and an old one with the same accounts, side by side on one server. */
export const growth: Section = {
  name: 'growth',
  about:
    'in a bank of 50 thousand and of 5 million postings: transfer ≤ 1.15, list and balance at a moment ≤ 1.25 of the time',
  async run(bench) {
    const young = await openGrown(bench, 'young', leastPostings(bench.accounts));
    try {
      const old = await openGrown(bench, 'old', bench.postings);
      try {
        return await withBooks(young.pool, () => withBooks(old.pool, () => measure(bench, young, old)));
      } finally {
        await old.close();
      }
    } finally {
      await young.close();
    }
  },
};

async function openGrown(bench: Bench, name: string, postings: number): Promise<MigratedBank> {
  bench.progress(`making a bank of ${postings} postings`);
  const bank = await openFilledBank(await bench.server(), name, bench.accounts);
  try {
    await fillHistory(bank.pool, { accounts: bench.accounts, postings }, bench.progress);
  } catch (error) {
    await bank.close();
    throw error;
  }
  return bank;
}

const works = {
  transfer: { name: 'post_transfer', login: 'bank_payments', work: { kind: 'transfer', spread: 'any' }, atMost: 1.15 },
  list: { name: 'list_transactions, first page', login: 'bank_transactions', work: { kind: 'list' }, atMost: 1.25 },
  'balance-at': { name: 'read_balance_at', login: 'bank_accounts', work: { kind: 'balance-at' }, atMost: 1.25 },
} as const;

/** One client waits for the disk most of the time, and the disk is now quick and now slow: short rounds have both banks see both. */
function manyRounds({ seconds, repeats, progress }: Bench) {
  return { seconds: seconds / 4, repeats: repeats * 4, progress };
}

async function measure(bench: Bench, young: MigratedBank, old: MigratedBank): Promise<Found> {
  const found: Found = { rows: [], failures: [] };
  for (const { name, login, work, atMost } of Object.values(works)) {
    const load = (bank: MigratedBank) => workLoad(1, { ...work, url: bank.url(login), accounts: watchedAccounts });
    const loads = { [`${name} of the young bank`]: load(young), [`${name} of the old bank`]: load(old) };
    const { figures, failures } = await measureInTurn(manyRounds(bench), loads, async () => {
      await forgetCounters(young.pool);
      await forgetCounters(old.pool);
    });
    const [inYoung, inOld] = Object.values(figures);
    const reference = { name: `${leastPostings(bench.accounts)} postings`, value: inYoung?.p50_ms ?? 0 };
    found.rows.push(
      comparedRow('growth', `${name}, ${bench.postings} postings`, 'p50 ms', inOld?.p50_ms ?? 0, reference, { atMost }),
    );
    found.failures.push(...failures);
  }
  return found;
}
