import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCloud } from './cloud.ts';
import { serveCognito } from './cognito/serve-cognito.ts';
import { CommandError, runCommand } from './command-error.ts';
import { serveDataApi } from './data-api/index.ts';
import { bankHome, findRunningBank } from './home.ts';
import { serveKms } from './kms/serve-kms.ts';
import { startPostgres } from './postgres/start-postgres.ts';
import { serveSecretsManager } from './secrets-manager/serve-secrets-manager.ts';

const usage = `Usage: npm run -s local -- COMMAND [options]

One part of the local cloud alone, for anyone's own client, until Ctrl-C:
  cloud             any synthesised CDK app: its HTTP API, functions, users, secrets and keys
                                                         --port N --database-url URL --assembly FOLDER
  data-api          the RDS Data API on a PostgreSQL     --port N --database-url URL
  cognito           a Cognito user pool                  --port N --directory FOLDER
  kms               Key Management Service               --port N --directory FOLDER
  secrets-manager   Secrets Manager                      --port N --directory FOLDER
  postgres          the embedded PostgreSQL              --port N --directory FOLDER

Of the bank that runs here:
  database-url      print its PostgreSQL URL

Without --port a free one is chosen and printed. FOLDER keeps the part's state (${bankHome}/standalone).`;

interface Options {
  port: number;
  directory: string;
  databaseUrl: string | undefined;
  assembly: string;
}

interface Service {
  url: string;
  close(): Promise<void>;
}

const services: Record<string, (options: Options) => Promise<Service>> = {
  cloud: async ({ port, directory, databaseUrl, assembly }) => {
    if (!existsSync(join(assembly, 'manifest.json'))) {
      throw new CommandError(
        `${assembly} holds no synthesised CDK app: make one with npx cdk synth -q, or name it with --assembly.`,
      );
    }
    const home = join(directory, 'cloud');
    const cloud = await startCloud({
      port,
      home,
      assembly,
      databaseUrl: postgresUrl('cloud', databaseUrl),
      log: console.error,
    });
    for (const [service, url] of Object.entries(cloud.endpoints)) {
      console.log(`${service} at ${url}`);
    }
    return { url: cloud.apiUrl, close: cloud.close };
  },
  'data-api': ({ port, databaseUrl }) => serveDataApi({ port, databaseUrl: postgresUrl('data-api', databaseUrl) }),
  postgres: async ({ port, directory }) => {
    const postgres = await startPostgres({ directory: join(directory, 'postgres'), ...(port > 0 && { port }) });
    // The server ends with this process, which nothing else keeps running.
    setInterval(() => {}, 2 ** 30);
    return { url: postgres.url, close: postgres.stop };
  },
  kms: ({ port, directory }) => serveKms({ port, directory: join(directory, 'kms') }),
  cognito: ({ port, directory }) => serveCognito({ port, directory }),
  'secrets-manager': ({ port, directory }) => serveSecretsManager({ port, directory }),
};

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
  const serve = services[command];
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

/** A database's URL as it was given to a command. */
function postgresUrl(command: string, given: string | undefined): string {
  if (!given || !/^postgres(ql)?:$/.test(URL.parse(given)?.protocol ?? '')) {
    throw new CommandError(`${command} needs --database-url postgres://USER:PASSWORD@HOST:PORT/DATABASE.`);
  }
  return given;
}

async function databaseUrl(): Promise<string> {
  const bank = await findRunningBank();
  if (!bank) {
    throw new CommandError('No bank is running here: start it with npm start.');
  }
  return bank.databaseUrl;
}
