import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { contract } from '../../lambdas/api/contract.ts';
import { amountOf } from './books.ts';
import { addSource, type Customer } from './customer.ts';
import type { Allowed } from './gate.ts';
import { operate } from './operate.ts';
import type { LoadOptions } from './options.ts';
import type { Sender } from './sender.ts';
import type { Staff } from './staff.ts';
import type { Tally } from './tally.ts';

/** What a run works with. */
export interface Run {
  sender: Sender;
  staff: Staff;
  staffToken: string;
  customers: readonly Customer[];
  options: LoadOptions;
  allowed: Allowed;
  /** Counts the transfers. */
  tally: Tally;
}

/** How fast it went, and how much was on its way. */
export interface Ran {
  seconds: number;
  /** The most transfers that were on their way at once. */
  mostInFlight: number;
}

/** Sends transfers from ever more senders until all do, then for the duration, and waits for what is on its way. */
export async function runLoad(run: Run, progress: (line: string) => void): Promise<Ran> {
  const { options, tally } = run;
  const began = performance.now();
  const end = began + (options.ramp + options.duration) * 1_000;
  const flight = { now: 0, most: 0 };
  let told = 0;
  const telling = setInterval(() => {
    const recent = tally.done - told;
    told = tally.done;
    const failed = tally.refused + tally.unknown;
    progress(
      `${flight.now} in flight, ${recent} transfers/s, ${tally.done} done, ${failed} failed, ${tally.retries} sent again`,
    );
  }, 1_000);
  const senders = Array.from({ length: options.inFlight }, async (_, index) => {
    await pause((options.ramp * 1_000 * index) / options.inFlight);
    await sendUntil(run, index, end, flight);
  });
  try {
    await Promise.all(senders);
  } finally {
    clearInterval(telling);
  }
  return { seconds: (performance.now() - began) / 1_000, mostInFlight: flight.most };
}

/** One sender: a customer pays out of one of its accounts as often as the rules let it, then out of the next. */
async function sendUntil(run: Run, index: number, end: number, flight: { now: number; most: number }): Promise<void> {
  const payer = run.customers[index % run.customers.length];
  while (payer && performance.now() < end) {
    if (payer.unused.length === 0) await addSource(run.staff, payer);
    const source = payer.unused.pop() ?? '';
    for (let payments = 0; payments < run.allowed.paymentsOfAccount && performance.now() < end; payments += 1) {
      flight.now += 1;
      flight.most = Math.max(flight.most, flight.now);
      await pay(run, payer, source);
      flight.now -= 1;
    }
  }
}

/** By night tellers move customers' money among their own accounts, which the gate lets pass; by day customers pay each other. */
async function pay({ sender, staff, staffToken, customers, allowed, tally }: Run, payer: Customer, source: string) {
  const payee = allowed.night ? payer : (customers[randomInt(customers.length)] ?? payer);
  const cents = BigInt(randomInt(1, 100));
  const { method, path } = contract.postTransfer;
  const { fate } = await operate(
    sender,
    {
      method,
      path,
      token: allowed.night ? staffToken : payer.token,
      key: randomUUID(),
      body: { from_account_id: source, to_account_id: payee.sink, amount: amountOf(cents) },
    },
    tally,
  );
  if (fate === 'done') staff.books.moved(source, payee.sink, cents);
  if (fate === 'unknown') staff.books.leftOpen(source, payee.sink);
}
