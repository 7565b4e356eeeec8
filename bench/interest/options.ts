import { readArguments, wholeNumber } from '../command-line.ts';

export const usage = `Usage: npm run -s bench:interest -- [--accounts 10000,100000] [--repeats 3] [--days 3] [--json] [--write FILE]

Fills a bank of its own with accounts, each with a rate and its opening postings, and runs the jobs that accrue and capitalise interest
through the code of the Lambda: part by part over the Data API, one worker. Each run is measured beside one bare INSERT … SELECT of the very
rows that it wrote, over one connection:

  accrual          into a plain copy of the table of accruals with its primary key
  capitalisation   into plain copies of the tables of capitalisations, transactions, postings and events with their indexes, in one statement
                   that updates the balances of a copy of the accounts, too

The bare statement reckons nothing, looks nothing up, and has no constraints and no triggers: its rows lie ready. No account moves meanwhile.

  --accounts   how many accounts the bank has; several, with commas, to see how the time grows
  --repeats    how many months are capitalised, and how many times as many days as --days accrue; medians are printed
  --days       how many days, the last of each month, accrue before it is capitalised
  --json       print the result as JSON
  --write      write the table into this document, in the place of the one before: docs/PERFORMANCE.md

Exits with 1 when a run did not write a row for every account.`;

/** What is asked of a run. */
export interface InterestOptions {
  /** The sizes of the bank, the smallest first. */
  accounts: number[];
  repeats: number;
  days: number;
  json: boolean;
  /** The document that the table is written into. */
  write: string | undefined;
}

/**
 * Reads the command line; undefined when it asks for help.
 *
 * @throws CommandError naming the argument that is wrong.
 */
export function readOptions(args: readonly string[]): InterestOptions | undefined {
  const { help, accounts, repeats, days, json, write } = readArguments(args, argumentsOfRun);
  if (help) {
    return undefined;
  }
  const sizes = accounts.split(',').map(size => wholeNumber('accounts', size, 100, 10_000_000));
  return {
    accounts: [...new Set(sizes)].toSorted((one, other) => one - other),
    repeats: wholeNumber('repeats', repeats, 1, 24),
    days: wholeNumber('days', days, 1, 28),
    json,
    write,
  };
}

const argumentsOfRun = {
  accounts: { type: 'string', default: '10000,100000' },
  repeats: { type: 'string', default: '3' },
  days: { type: 'string', default: '3' },
  json: { type: 'boolean', default: false },
  write: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
