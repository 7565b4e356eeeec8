import { CommandError } from '../../local/command-error.ts';
import { readArguments, wholeNumber } from '../command-line.ts';
import { type SectionName, sectionNames } from './section.ts';

/** What is asked of a run. */
export interface SuiteOptions {
  only: SectionName[];
  seconds: number;
  repeats: number;
  /** Postings of the grown bank. */
  postings: number;
  form: 'text' | 'json' | 'markdown';
  /** The file that the chart is drawn into. */
  chart: string | undefined;
  /** The document that the table is written into. */
  write: string | undefined;
}

/**
 * Reads the command line; undefined when it asks for help.
 *
 * @throws CommandError naming the argument that is wrong.
 */
export function readOptions(args: readonly string[]): SuiteOptions | undefined {
  const { help, only, seconds, repeats, postings, json, markdown, chart, write } = readArguments(args, argumentsOfRun);
  if (help) {
    return undefined;
  }
  if (json && markdown) {
    throw new CommandError('--json and --markdown: give one of them.');
  }
  return {
    only: readSections(only),
    seconds: wholeNumber('seconds', seconds, 1, 600),
    repeats: wholeNumber('repeats', repeats, 1, 101),
    postings: wholeNumber('postings', postings, 50_000, 100_000_000),
    form: (json && 'json') || (markdown && 'markdown') || 'text',
    chart,
    write,
  };
}

const argumentsOfRun = {
  only: { type: 'string', default: sectionNames.join(',') },
  seconds: { type: 'string', default: '3' },
  repeats: { type: 'string', default: '5' },
  postings: { type: 'string', default: '5000000' },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  chart: { type: 'string' },
  write: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** In the order in which they run, whatever the order they were named in. */
function readSections(text: string): SectionName[] {
  const wanted = text.split(',');
  const unknown = wanted.find(name => !sectionNames.some(known => known === name));
  if (unknown !== undefined) {
    throw new CommandError(`--only is ${text}: ${unknown || 'nothing'} is none of ${sectionNames.join(', ')}.`);
  }
  return sectionNames.filter(name => wanted.includes(name));
}
