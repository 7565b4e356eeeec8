import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './command-error.ts';

export interface StandaloneOptions {
  port: number;
  /** Where the part keeps its state. */
  directory: string;
  databaseUrl: string | undefined;
  assembly: string;
}

interface Service {
  url: string;
  close(): Promise<void>;
}

/** What serves each part of the local cloud alone, by its name on the command line; none is loaded before it is asked for. */
export const standaloneServices: Record<string, (options: StandaloneOptions) => Promise<Service>> = {
  async cloud({ port, directory, databaseUrl, assembly }) {
    const app = { assembly: synthesised(assembly), databaseUrl: postgresUrl('cloud', databaseUrl) };
    const { startCloud } = await import('./cloud.ts');
    const home = join(directory, 'cloud');
    const cloud = await startCloud({ ...app, port, home, log: console.error, onNotification: console.log });
    for (const [service, url] of Object.entries(cloud.endpoints)) {
      console.log(`${service} at ${url}`);
    }
    return { url: cloud.apiUrl, close: cloud.close };
  },
  async 'data-api'({ port, databaseUrl }) {
    const url = postgresUrl('data-api', databaseUrl);
    const { serveDataApi } = await import('./data-api/index.ts');
    return await serveDataApi({ port, databaseUrl: url });
  },
  async postgres({ port, directory }) {
    const { startPostgres } = await import('./postgres/start-postgres.ts');
    const postgres = await startPostgres({ directory: join(directory, 'postgres'), ...(port > 0 && { port }) });
    // The server ends with this process, which nothing else keeps running.
    setInterval(() => {}, 2 ** 30);
    return { url: postgres.url, close: postgres.stop };
  },
  async cognito({ port, directory }) {
    const { serveCognito } = await import('./cognito/serve-cognito.ts');
    return await serveCognito({ port, directory });
  },
  async kms({ port, directory }) {
    const { serveKms } = await import('./kms/serve-kms.ts');
    return await serveKms({ port, directory: join(directory, 'kms') });
  },
  async s3({ port, directory }) {
    const { serveS3 } = await import('./s3/serve-s3.ts');
    return await serveS3({ port, directory: join(directory, 's3') });
  },
  async scheduler({ port, assembly }) {
    const app = synthesised(assembly);
    const { serveScheduler } = await import('./scheduler/serve-scheduler.ts');
    return await serveScheduler({ port, assembly: app });
  },
  async 'secrets-manager'({ port, directory }) {
    const { serveSecretsManager } = await import('./secrets-manager/serve-secrets-manager.ts');
    return await serveSecretsManager({ port, directory });
  },
  async ses({ port }) {
    const { serveSes } = await import('./ses/serve-ses.ts');
    return await serveSes({ port });
  },
  async sns({ port, directory }) {
    const { serveSns } = await import('./sns/serve-sns.ts');
    return await serveSns({ port, directory: join(directory, 'sns') });
  },
  async sqs({ port, directory }) {
    const { serveSqs } = await import('./sqs/serve-sqs.ts');
    return await serveSqs({ port, directory: join(directory, 'sqs') });
  },
};

function synthesised(assembly: string): string {
  if (!existsSync(join(assembly, 'manifest.json'))) {
    throw new CommandError(
      `${assembly} holds no synthesised CDK app: make one with npx cdk synth -q, or name it with --assembly.`,
    );
  }
  return assembly;
}

/** A database's URL as it was given to a command. */
function postgresUrl(command: string, given: string | undefined): string {
  if (!given || !/^postgres(ql)?:$/.test(URL.parse(given)?.protocol ?? '')) {
    throw new CommandError(`${command} needs --database-url postgres://USER:PASSWORD@HOST:PORT/DATABASE.`);
  }
  return given;
}
