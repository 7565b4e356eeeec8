import { CommandError } from '../../local/command-error.ts';
import { readArguments, wholeNumber } from '../command-line.ts';

export const usage = `Usage: npm run -s load -- [--users 100] [--duration 60] [--in-flight N] [--url URL --token TOKEN] [--stage NAME] [--json]

Sends transfers over HTTP to a bank that runs: the one on this machine, unless another is named. Makes its own customers and
accounts, which it closes again, and lifts the rate limits of those alone; fraud rules stay as they are, and it keeps every
account to what they let pass. Each request has an Idempotency-Key and is sent again under it while its outcome is unknown.

  --users      how many customers send (1 to 1000)
  --duration   for how many seconds, after the ramp-up (1 to 600)
  --in-flight  how many transfers are on their way at once; as many as users, unless told (to 5000)
  --ramp       over how many seconds that number is reached; a tenth of the duration, unless told
  --url        the API's address; with --token, an access token of a user who is in the groups admin and teller
  --stage      a stage in AWS, with --token; its users are made with the credentials of the environment
  --json       print the result as JSON

Ends with 1 when a cent was lost or made, an answer was a 5xx, or fewer than 99.99 % of the transfers succeeded.`;

const options = {
  users: { type: 'string', default: '100' },
  duration: { type: 'string', default: '60' },
  'in-flight': { type: 'string' },
  ramp: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What is asked of a run. */
export interface LoadOptions {
  users: number;
  /** Seconds. */
  duration: number;
  inFlight: number;
  /** Seconds. */
  ramp: number;
  json: boolean;
  url: string | undefined;
  token: string | undefined;
  stage: string | undefined;
}

/**
 * Reads the command line; undefined when it asks for help.
 *
 * @throws CommandError naming the argument that is wrong.
 */
export function readOptions(args: readonly string[]): LoadOptions | undefined {
  const { help, users, duration, 'in-flight': inFlight, ramp, json, url, token, stage } = readArguments(args, options);
  if (help) {
    return undefined;
  }
  if (url !== undefined && !URL.canParse(url)) {
    throw new CommandError(`--url is ${url}: give the API's address, such as http://127.0.0.1:3000.`);
  }
  if ((url !== undefined || stage !== undefined) !== (token !== undefined)) {
    throw new CommandError('--token goes with --url or --stage, and they with it: see --help.');
  }
  const seconds = wholeNumber('duration', duration, 1, 600);
  return {
    users: wholeNumber('users', users, 1, 1000),
    duration: seconds,
    inFlight: wholeNumber('in-flight', inFlight ?? users, 1, 5000),
    ramp: wholeNumber('ramp', ramp ?? String(Math.min(30, Math.ceil(seconds / 10))), 0, 600),
    json,
    url: url?.replace(/\/+$/, ''),
    token,
    stage,
  };
}
