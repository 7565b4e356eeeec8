import { parseArgs } from 'node:util';
import { CommandError, runCommand } from './command-error.ts';
import { bankHome, findRunningBank } from './home.ts';
import { standaloneServices } from './standalone-services.ts';

const usage = `Usage: npm run -s local -- COMMAND [options]

One part of the local cloud alone, for anyone's own client, until Ctrl-C:
  cloud             any synthesised CDK app: its HTTP API, functions, users, secrets, keys, queues, schedules, …
                                                         --port N --database-url URL --assembly FOLDER
  data-api          the RDS Data API on a PostgreSQL     --port N --database-url URL
  cognito           a Cognito user pool                  --port N --directory FOLDER
  kms               Key Management Service               --port N --directory FOLDER
  secrets-manager   Secrets Manager                      --port N --directory FOLDER
  sqs               queues                               --port N --directory FOLDER
  sns               topics; prints what is published     --port N --directory FOLDER
  s3                buckets, with Object Lock            --port N --directory FOLDER
  ses               email, printed and not sent          --port N
  scheduler         an app's schedules; prints what is due
                                                         --port N --assembly FOLDER
  postgres          the embedded PostgreSQL              --port N --directory FOLDER

Of the bank that runs here:
  database-url      print its PostgreSQL URL

Without --port a free one is chosen and printed. FOLDER keeps the part's state (${bankHome}/standalone).`;

await runCommand(async () => {
  const { values, positionals } = parseOptions();
  const [command, surplus] = positionals;
  if (values.help || command === undefined) {
    console.log(usage);
    return;
  }
  if (surplus !== undefined) {
    throw new CommandError(`One command at a time: ${surplus} is too much. Try: npm run -s local -- --help`);
  }
  if (command === 'database-url') {
    console.log(await databaseUrl());
    return;
  }
  const serve = standaloneServices[command];
  if (!serve) {
    throw new CommandError(`There is no command ${command}. Try: npm run -s local -- --help`);
  }
  const service = await serve({
    port: portOf(values.port ?? '0'),
    directory: values.directory ?? `${bankHome}/standalone`,
    databaseUrl: values['database-url'],
    assembly: values.assembly ?? 'cdk.out',
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new CommandError(`Port ${values.port} is taken: choose another with --port.`)
      : error;
  });
  console.log(`${command} listens at ${service.url} (Ctrl-C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void service.close().finally(() => process.exit(0)));
  }
});

function parseOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        directory: { type: 'string' },
        'database-url': { type: 'string' },
        assembly: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s local -- --help`);
  }
}

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new CommandError(`--port is ${text}: give a number from 0 to 65535.`);
  }
  return Number(text);
}

async function databaseUrl(): Promise<string> {
  const bank = await findRunningBank();
  if (!bank) {
    throw new CommandError('No bank is running here: start it with npm start.');
  }
  return bank.databaseUrl;
}
