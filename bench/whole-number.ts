import { CommandError } from '../local/command-error.ts';

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
