import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { freePort } from '../../../local/postgres/free-port.ts';
import { until } from '../../../local/postgres/processes.ts';
import { pythonEnvironment } from '../python/environment.ts';

/** What LocalStack stands in for here. The Data API, Cognito and the HTTP API are not in its free edition, and stay ours. */
export const emulatedServices = ['sqs', 'sns', 'kms', 's3'] as const;

/** A LocalStack that answers. */
export interface LocalStack {
  url: string;
  /** Its name and version, as it tells them. */
  name: string;
  /** Ends it, if it was started here. */
  stop(): Promise<void>;
}

const health = z.object({ version: z.string(), services: z.record(z.string(), z.string()) });

/** What a LocalStack at an address says of itself; undefined when nothing there answers as one. */
async function askHealth(url: string): Promise<z.infer<typeof health> | undefined> {
  try {
    return health.parse(await (await fetch(`${url}/_localstack/health`)).json());
  } catch {
    return undefined;
  }
}

/** The LocalStack that runs at an address already, such as that of compose.yaml. */
export async function runningLocalStack(url: string): Promise<LocalStack> {
  const answer = await askHealth(url);
  return { url, name: answer ? `LocalStack ${answer.version}` : 'an unnamed emulator', stop: async () => {} };
}

/**
 * Starts LocalStack's own runtime, without Docker and without an account of theirs, from the Python packages that
 * `requirements.txt` pins. It listens on the loopback interface only, and keeps its files in `directory`.
 *
 * @throws NoPython when it can't be installed
 */
export async function startLocalStack(directory: string): Promise<LocalStack> {
  const python = await pythonEnvironment(join(import.meta.dirname, 'requirements.txt'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(directory, 'localstack.log');
  const child = spawn(join(python, 'bin/python'), ['-m', 'localstack.runtime.main'], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      TMPDIR: directory,
      LOCALSTACK_VOLUME_DIR: join(directory, 'volume'),
      // It is not in a container, whatever surrounds it.
      OVERRIDE_IN_DOCKER: '0',
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      SERVICES: emulatedServices.join(','),
      STRICT_SERVICE_LOADING: '1',
      EAGER_SERVICE_LOADING: '1',
      // Neither telemetry nor a DNS server nor a download.
      DISABLE_EVENTS: '1',
      DNS_ADDRESS: '0',
      SKIP_SSL_CERT_DOWNLOAD: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  let answer: Awaited<ReturnType<typeof askHealth>>;
  await until(async () => {
    answer = await askHealth(url);
    return answer !== undefined || hasEnded(child);
  }, 120_000);
  if (answer === undefined) {
    await end(child);
    throw new Error(`LocalStack does not answer: see ${log}`);
  }
  return { url, name: `LocalStack ${answer.version}`, stop: () => end(child) };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (!(await until(() => hasEnded(child), 10_000))) {
    child.kill('SIGKILL');
    await until(() => hasEnded(child), 10_000);
  }
}
