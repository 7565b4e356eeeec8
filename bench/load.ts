import { contract } from '../lambdas/api/contract.ts';
import { fraudRules } from '../lambdas/domain/fraud-rules.ts';
import { runCommand } from '../local/command-error.ts';
import { type CleanUp, createCleanUp } from './clean-up.ts';
import { findBank } from './load/bank.ts';
import { amountOf, Books } from './load/books.ts';
import type { Customer } from './load/customer.ts';
import { allowedBy } from './load/gate.ts';
import { type LoadOptions, readOptions, usage } from './load/options.ts';
import { failuresOf, figuresOf, fives, type LoadOutcome, reportOf } from './load/outcome.ts';
import { prepare } from './load/prepare.ts';
import { runLoad } from './load/run.ts';
import { createSender } from './load/sender.ts';
import { closeAll, readBalances } from './load/settle.ts';
import { staffOf } from './load/staff.ts';
import { emptyTally } from './load/tally.ts';
import { progress } from './progress.ts';

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const cleanUp = createCleanUp();
  try {
    const outcome = await load(options, cleanUp);
    console.log(options.json ? JSON.stringify(outcome, null, 2) : reportOf(outcome));
    process.exitCode = failuresOf(outcome).length === 0 ? 0 : 1;
  } finally {
    await cleanUp.run();
  }
});

async function load(options: LoadOptions, cleanUp: CleanUp): Promise<LoadOutcome> {
  const bank = await findBank(options, cleanUp);
  const sender = createSender(bank.url);
  cleanUp.add(async () => sender.close());
  const [books, tally, others] = [new Books(), emptyTally(), emptyTally()];
  const staffToken = await bank.staffToken();
  const staff = staffOf(sender, staffToken, books, others);

  const rules = fraudRules.parse(await staff.must({ method: 'GET', path: contract.getFraudRules.path }));
  const allowed = allowedBy(rules, new Date(), options.duration + options.ramp);
  const customers: Customer[] = [];
  cleanUp.add(async () => {
    progress(`closing the accounts of ${customers.length} customers`);
    await closeAll(staffOf(sender, await bank.staffToken(), books, others), customers);
  });
  await prepare(staff, options, allowed, bank.addCustomer, customers, progress);

  progress(
    `sending ${options.inFlight} at once to ${bank.url} for ${options.duration} s, after ${options.ramp} s of ramp-up`,
  );
  const ran = await runLoad({ sender, staff, staffToken, customers, options, allowed, tally }, progress);
  progress('reading back every account');
  const balances = await readBalances(staffOf(sender, await bank.staffToken(), books, others), customers);
  return {
    users: options.users,
    in_flight: ran.mostInFlight,
    ...figuresOf(tally, ran.seconds),
    accounts: balances.size,
    paid_in: amountOf(books.paidIn),
    read_back: amountOf([...balances.values()].reduce((sum, balance) => sum + balance, 0n)),
    differences: books.compare(balances),
    fives: fives(tally, others),
    by_night: allowed.night,
  };
}
