import { onTestFinished } from 'vitest';
import type { HostedFunction } from '../../../local/lambda/hosted-function.ts';
import { createLambdaHost, type LambdaHost, type LambdaHostOptions } from '../../../local/lambda/lambda-host.ts';
import { temporaryFolder, writeFiles } from '../assembly/fixture.ts';

/** A function of one file, `index.mjs`, that exports `handler`. */
export async function functionOf(source: string, settings: Partial<HostedFunction> = {}): Promise<HostedFunction> {
  const assetDirectory = await temporaryFolder();
  await writeFiles(assetDirectory, { 'index.mjs': source });
  return {
    name: 'bank',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:bank',
    assetDirectory,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    timeoutSeconds: 20,
    memoryMegabytes: 128,
    environment: {},
    logGroupName: '/aws/lambda/bank',
    ...settings,
  };
}

/** A host that is closed when the test is over, and what its functions wrote. */
export function hostOf(
  functions: HostedFunction[],
  options: Partial<LambdaHostOptions> = {},
): { host: LambdaHost; lines: string[] } {
  const lines: string[] = [];
  const host = createLambdaHost({ functions, endpoints: {}, log: (_name, line) => lines.push(line), ...options });
  onTestFinished(() => host.close());
  return { host, lines };
}
