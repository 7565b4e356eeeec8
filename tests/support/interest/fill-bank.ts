import type { ActingCaller } from '../../../lambdas/adapters/envelope.ts';
import type { TestBank } from '../test-bank.ts';
import { addDays, type Day } from './days.ts';
import { pastAccount } from './past-account.ts';

/** Accounts with fixed ids and pasts of some variety, opened at the beginning of 2024 unless told; all the same each time. */
export async function fillBank(
  bank: TestBank,
  owner: ActingCaller,
  accounts = 5,
  openedOn: Day = '2024-01-01',
): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < accounts; index++) {
    const credit = index % 3 === 2;
    const amount = `${credit ? '-' : ''}${1000 + index}.${10 + index}`;
    const entries = [
      { day: openedOn, amount },
      { day: addDays(openedOn, 19 + index), amount: credit ? '-5.55' : '77.77' },
      { day: addDays(openedOn, 59), amount: '3.33' },
    ];
    ids.push(
      await pastAccount(bank, owner.id, {
        id: `0198d5f0-0000-7000-8000-${String(index).padStart(12, '0')}`,
        type: credit ? 'CREDIT' : 'SAVINGS',
        overdraft: credit ? '5000' : '0',
        openedOn,
        rate: '0.0431',
        rates: [{ from: addDays(openedOn, 41), rate: '0.0399' }],
        entries,
      }),
    );
  }
  return ids;
}
