import { readArguments, wholeNumber } from './command-line.ts';

export const usage = `Usage: npm run -s bench:http -- [--clients 100] [--seconds 20] [--accounts 1000] [--json]

Starts a bank of its own, sends it transfers from many clients at once, and in turn as many requests to a route that only
does "select 1" on the same way. Prints both, their ratios, and whether every cent is still there.

  --clients    how many clients send at once, each over a connection that it keeps
  --seconds    how long each route is measured, in rounds of about two seconds
  --accounts   how many accounts the money moves between
  --json       print the result as JSON

Exits with 1 when a cent was lost or made, or an answer was anything but a success.`;

/** What is asked of a run. */
export interface BenchOptions {
  clients: number;
  seconds: number;
  accounts: number;
  json: boolean;
}

/**
 * Reads the command line; undefined when it asks for help.
 *
 * @throws CommandError naming the argument that is wrong.
 */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { help, clients, seconds, accounts, json } = readArguments(args, argumentsOfRun);
  if (help) {
    return undefined;
  }
  return {
    clients: wholeNumber('clients', clients, 1, 5_000),
    seconds: wholeNumber('seconds', seconds, 1, 86_400),
    accounts: wholeNumber('accounts', accounts, 2, 1_000_000),
    json,
  };
}

const argumentsOfRun = {
  clients: { type: 'string', default: '100' },
  seconds: { type: 'string', default: '20' },
  accounts: { type: 'string', default: '1000' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;
