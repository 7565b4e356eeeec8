import { CommandError } from '../../local/command-error.ts';
import { readArguments, wholeNumber } from '../command-line.ts';

export const usage = `Usage: npm run -s fraud:evaluate -- [--seed 1] [--customers 400] [--set RULE.parameter=value]… [--svg FILE] [--json]

Generates a month of ordinary and of criminal payments and has the fraud rules judge each in its moment: those of the gate, and of what was
made those of the review, on an embedded PostgreSQL with the bank's schema. Prints how well they tell one from the other.

  --seed         another seed is another month; the same seed is always the same one
  --customers    how many people the bank has, from 50 on; shops, firms and landlords come with them
  --set          gives a rule another parameter for this run, as in --set STRUCTURING.hours=48; may be repeated
  --svg          draws precision and recall over the score into this file
  --json         print the outcome as JSON`;

/** A parameter of a rule as it shall be. */
export interface Setting {
  rule: string;
  parameter: string;
  value: string;
}

/** What is asked of a run. */
export interface EvaluationOptions {
  seed: number;
  customers: number;
  settings: Setting[];
  svg: string | undefined;
  json: boolean;
}

/**
 * Reads the command line; undefined when it asks for help.
 *
 * @throws CommandError naming the argument that is wrong.
 */
export function readOptions(args: readonly string[]): EvaluationOptions | undefined {
  const { help, seed, customers, set, svg, json } = readArguments(args, argumentsOfRun);
  if (help) {
    return undefined;
  }
  return {
    seed: wholeNumber('seed', seed, 0, 999_999_999),
    customers: wholeNumber('customers', customers, 50, 10_000),
    settings: set.map(readSetting),
    svg,
    json,
  };
}

const argumentsOfRun = {
  seed: { type: 'string', default: '1' },
  customers: { type: 'string', default: '400' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  svg: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function readSetting(text: string): Setting {
  const [, rule, parameter, value] = /^([A-Z_]+)\.([a-z_]+)=(\S+)$/.exec(text) ?? [];
  if (rule === undefined || parameter === undefined || value === undefined) {
    throw new CommandError(`--set is ${text}: give it as RULE.parameter=value, such as STRUCTURING.hours=48.`);
  }
  return { rule, parameter, value };
}
