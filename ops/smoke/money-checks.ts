import { ApiError } from '../../client/api-error.ts';
import type { Client } from '../../client/types.ts';
import { type Check, known, must } from './check.ts';
import { type Pair, pairOf } from './pair.ts';

const amount = '0.01';

/**
 * A customer's money moves, and comes back: a cent from one of its accounts to another, the same request again, what must
 * be refused, the cent back, and both in the history. Each run has keys of its own, so a request that got lost is sent again
 * and counts once. Afterwards every balance is what it was.
 */
export function moneyChecks(bank: Client, run: string): Check[] {
  let pair: Pair | undefined;
  let sent: string | undefined;
  let returned: string | undefined;
  const thePair = () => known(pair, 'two accounts');
  const transfer = ({ from, to }: Pair, moved = amount, key = `smoke-${run}-there`) =>
    bank.postTransfer({
      body: { from_account_id: from.id, to_account_id: to.id, amount: moved, description: 'smoke test' },
      key,
    });
  return [
    {
      name: 'who I am',
      async run() {
        const { data } = await bank.getMyCustomer();
        return `customer ${data.id}`;
      },
    },
    {
      name: 'two accounts',
      async run() {
        pair = await pairOf(bank);
        return `${pair.from.account_number} and ${pair.to.account_number}`;
      },
    },
    {
      name: 'a cent there',
      async run() {
        const { data } = await transfer(thePair());
        must(data.status === 'COMPLETED', `the transfer is ${data.status}`);
        sent = data.transaction_id;
        return data.transaction_ref;
      },
    },
    {
      name: 'the same again',
      async run() {
        const first = known(sent, 'a cent there');
        const { data, replayed } = await transfer(thePair());
        must(replayed && data.transaction_id === first, 'the same key moved money again');
        return 'replayed, nothing moved';
      },
    },
    {
      name: 'the key for another amount',
      async run() {
        known(sent, 'a cent there');
        return refusal(() => transfer(thePair(), '0.02'), 'IDEMPOTENCY_KEY_REUSED');
      },
    },
    {
      name: 'a tenth of a cent',
      run: () => refusal(() => transfer(thePair(), '0.001', `smoke-${run}-odd`), 'AMOUNT_NOT_REPRESENTABLE'),
    },
    {
      name: 'the cent back',
      async run() {
        known(sent, 'a cent there');
        const { from, to } = thePair();
        const { data } = await transfer({ from: to, to: from }, amount, `smoke-${run}-back`);
        must(data.status === 'COMPLETED', `the transfer is ${data.status}: ${amount} stays on ${to.account_number}`);
        returned = data.transaction_id;
        return data.transaction_ref;
      },
    },
    {
      name: 'the history',
      async run() {
        const both = [known(sent, 'a cent there'), known(returned, 'the cent back')];
        const { data } = await bank.listTransactions({ query: { account_id: thePair().from.id, limit: 50 } });
        const missing = both.filter(id => !data.transactions.some(entry => entry.id === id));
        must(missing.length === 0, `does not show ${missing.join(', ')}`);
        return 'shows both';
      },
    },
    {
      name: 'the balances',
      async run() {
        known(returned, 'the cent back');
        for (const { id, account_number, balance } of Object.values(thePair())) {
          const { data } = await bank.getBalance({ params: { id } });
          // Somebody else may move the customer's money at the same moment: then this says so, and a second run does not.
          must(data.balance === balance, `${account_number} has ${data.balance}, and had ${balance} before`);
        }
        return 'as before';
      },
    },
  ];
}

/** That a request is refused, and with this code. */
async function refusal(request: () => Promise<{ status: number }>, code: string): Promise<string> {
  const refused = await request().then(
    ({ status }) => `answered ${status}`,
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      return error.code;
    },
  );
  must(refused === code, `not refused as ${code}: ${refused}`);
  return `refused: ${code}`;
}
