import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import type { TestBank } from '../test-bank.ts';
import { addDays } from './days.ts';
import { pastAccount } from './past-account.ts';

/** Accounts with fixed ids and pasts of some variety, opened at the beginning of 2024; all the same each time. */
export async function fillBank(bank: TestBank, owner: ActingCaller, accounts = 5): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < accounts; index++) {
    const credit = index % 3 === 2;
    const amount = `${credit ? '-' : ''}${1000 + index}.${10 + index}`;
    const entries = [
      { day: '2024-01-01', amount },
      { day: addDays('2024-01-20', index), amount: credit ? '-5.55' : '77.77' },
      { day: '2024-02-29', amount: '3.33' },
    ];
    ids.push(
      await pastAccount(bank, owner.id, {
        id: `0198d5f0-0000-7000-8000-${String(index).padStart(12, '0')}`,
        type: credit ? 'CREDIT' : 'SAVINGS',
        overdraft: credit ? '5000' : '0',
        openedOn: '2024-01-01',
        rate: '0.0431',
        rates: [{ from: '2024-02-11', rate: '0.0399' }],
        entries,
      }),
    );
  }
  return ids;
}
