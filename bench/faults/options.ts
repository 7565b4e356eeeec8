import { randomInt } from 'node:crypto';
import { readArguments, wholeNumber } from '../command-line.ts';

export const usage = `Usage: npm run -s faults -- [--seed N] [--minutes M] [--clients 12] [--history FILE] [--json]

Runs a whole bank of its own, moves money in it over HTTP, and breaks one part after another while it does: PostgreSQL killed,
backends ended, replies dropped and delayed, the queue away, functions killed, messages delivered again. Everything that was
asked and answered is written to a history, which a program of its own then compares with the database.

  --seed      which faults, in which order, and which payments; printed, so that a run can be repeated
  --minutes   for how long (1 to 600), and then until everything has arrived, five minutes at most
  --clients   how many clients pay at once (1 to 64)
  --history   where the history is written: JSON lines; faults-SEED.jsonl in the folder for temporary files, unless told
  --json      print the result as JSON

Ends with 1 when anything was lost, doubled or does not add up, and with 2 (INVALID) when a fault never fired or too little
succeeded to mean anything.`;

const options = {
  seed: { type: 'string' },
  minutes: { type: 'string', default: '5' },
  clients: { type: 'string', default: '12' },
  history: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What is asked of a run. */
export interface FaultOptions {
  seed: number;
  minutes: number;
  clients: number;
  history: string | undefined;
  json: boolean;
}

/**
 * Reads the command line; undefined when it asks for help.
 *
 * @throws CommandError naming the argument that is wrong.
 */
export function readOptions(args: readonly string[]): FaultOptions | undefined {
  const { help, seed, minutes, clients, history, json } = readArguments(args, options);
  if (help) {
    return undefined;
  }
  return {
    seed: wholeNumber('seed', seed ?? String(randomInt(1, 2 ** 31)), 0, 2 ** 31),
    minutes: wholeNumber('minutes', minutes, 1, 600),
    clients: wholeNumber('clients', clients, 1, 64),
    history,
    json,
  };
}
