import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createClient } from '../client/index.ts';
import { CommandError, runCommand } from '../local/command-error.ts';
import { demoPassword, emailOf } from '../local/demo/users.ts';
import { boundedFetch } from './smoke/bounded-fetch.ts';
import { type Outcome, runChecks } from './smoke/check.ts';
import { moneyChecks } from './smoke/money-checks.ts';
import { publicChecks } from './smoke/public-checks.ts';
import { signIn } from './smoke/sign-in.ts';
import { findTarget } from './target.ts';

const usage = `Usage: npm run -s smoke -- [--stage NAME | --url URL] [--token TOKEN | --user EMAIL] [--json]

Checks from outside that a bank works: the one that runs here, a stage in AWS, or the one at a URL. A line for each check;
ends with 0 when all are ok, with 1 otherwise.

  --stage NAME   a stage in AWS, found where the environment's credentials point
  --url URL      where the API answers
  --token TOKEN  a customer's access token (or SMOKE_TOKEN): a cent of its money goes back and forth between two of its accounts
  --user EMAIL   sign that customer in with the password in SMOKE_PASSWORD; in the bank that runs here, bob unless told otherwise
  --json         one line of JSON in place of the others

Without a customer only what needs no token is checked. Nothing takes longer than 30 s, all of it not longer than 3 minutes.`;

const requestMilliseconds = 30_000;
const allMilliseconds = 180_000;

await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return;
  }
  const { url, token } = await bankOf(options);
  const send = boundedFetch(requestMilliseconds, AbortSignal.timeout(allMilliseconds));
  const description = await readFile(new URL('../docs/openapi.json', import.meta.url), 'utf8');
  const checks = publicChecks({ url, fetch: send, description });
  if (token !== undefined) {
    checks.push(...moneyChecks(createClient({ baseUrl: url, token, fetch: send }), randomUUID()));
  }
  const outcomes = await runChecks(checks, outcome => options.json || console.log(lineOf(outcome)));
  const failed = outcomes.filter(({ ok }) => !ok);
  if (options.json) {
    console.log(JSON.stringify({ url, ok: failed.length === 0, checks: outcomes }));
  }
  if (failed.length > 0) {
    throw new CommandError(`${failed.length} of ${outcomes.length} checks failed at ${url}`);
  }
  if (!options.json) {
    const rest = token === undefined ? '; no money was moved, for that takes --token or --user' : '';
    console.log(`All ${outcomes.length} checks passed at ${url}${rest}`);
  }
});

function readOptions() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({
      options: { stage: text, url: text, token: text, user: text, json: flag, help: { ...flag, short: 'h' } },
    });
    if (values.url !== undefined && !(URL.canParse(values.url) && /^https?:/.test(values.url))) {
      throw new Error(`--url is ${values.url}, which is no address of the web`);
    }
    if (values.url !== undefined && (values.stage !== undefined || values.user !== undefined)) {
      throw new Error('--url goes with --token, and with neither --stage nor --user');
    }
    return values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s smoke -- --help`);
  }
}

/** Where the bank is, and the token of a customer of it, if there is one. */
async function bankOf(options: ReturnType<typeof readOptions>): Promise<{ url: string; token?: string }> {
  const given = options.token ?? process.env.SMOKE_TOKEN;
  const token = given === undefined ? {} : { token: given };
  if (options.url !== undefined) {
    return { url: options.url.replace(/\/+$/, ''), ...token };
  }
  const target = await findTarget(options.stage);
  const url = target.output('ApiUrl').replace(/\/+$/, '');
  const user = options.user ?? (target.name === 'local' ? emailOf('bob') : undefined);
  if (given !== undefined || user === undefined) {
    return { url, ...token };
  }
  const password = process.env.SMOKE_PASSWORD ?? (target.name === 'local' ? demoPassword : '');
  return { url, token: await signIn(target, user, password) };
}

function lineOf({ name, ok, detail, milliseconds }: Outcome): string {
  return ok ? `ok      ${name}: ${detail} (${milliseconds} ms)` : `FAILED  ${name}: ${detail}`;
}
