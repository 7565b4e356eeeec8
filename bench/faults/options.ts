import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CommandError } from '../../local/command-error.ts';

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
  const { help, seed, minutes, clients, history, json } = parse(args);
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

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string' },
        minutes: { type: 'string', default: '5' },
        clients: { type: 'string', default: '12' },
        history: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('. ')[0]}: see --help.`);
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new CommandError(`--${name} is ${text}: give a whole number from ${least} to ${most}.`);
  }
  return value;
}
