import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandError } from '../local/command-error.ts';

/**
 * The options that a benchmark was given.
 *
 * @throws CommandError naming the argument that is wrong.
 */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('. ')[0]}: see --help.`);
  }
}

/**
 * The whole number that an option was given.
 *
 * @throws CommandError naming the option and its bounds.
 */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new CommandError(`--${name} is ${text}: give a whole number from ${least} to ${most}.`);
  }
  return value;
}
