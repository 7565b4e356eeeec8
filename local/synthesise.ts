import { spawn } from 'node:child_process';
import { CommandError } from './command-error.ts';

/** What is left out, and for how long. */
export interface SynthesisChoice {
  /** false: templates alone, for who runs no function; most of the work goes into the bundles. Default true. */
  bundles?: boolean;
  /** Ends it before its time. */
  signal?: AbortSignal | undefined;
}

/**
 * Synthesises the CDK app of a stage into a folder, as `cdk synth` does but without starting the CLI.
 *
 * @throws CommandError with the app's last words when it fails.
 */
export async function synthesise(stage: string, folder: string, choice: SynthesisChoice = {}): Promise<void> {
  const { bundles = true, signal } = choice;
  const context = { stage, ...(bundles ? {} : { 'aws:cdk:bundling-stacks': [] }) };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const app = spawn(process.execPath, ['bin/bank.ts'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' },
  });
  let complaint = '';
  app.stderr.on('data', chunk => {
    complaint += chunk;
  });
  app.once('error', reject);
  app.once('close', code =>
    code === 0 ? resolve() : reject(new CommandError(`The CDK app did not synthesise: ${complaint.trim()}`)),
  );
  return promise;
}
