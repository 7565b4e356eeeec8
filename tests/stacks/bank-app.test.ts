import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { synthesisedBank } from './synthesised-bank.ts';

const scratch = mkdtempSync(join(tmpdir(), 'countinghouse-app-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the app as the local cloud does: without the CDK command line, which would pass the settings of cdk.json on. */
function runApp(stage: string) {
  const context = { stage, 'aws:cdk:bundling-stacks': [] };
  const env = { CDK_OUTDIR: scratch, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' };
  return promisify(execFile)(process.execPath, ['bin/bank.ts'], { env });
}

describe('the app', () => {
  test('refuses an unknown stage with one line and writes nothing', async () => {
    await expect(runApp('qa')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'There is no stage "qa": choose one of local, dev, staging, prod, for example -c stage=dev\n',
    });
    expect(readdirSync(scratch)).toEqual([]);
  });

  test("writes the same templates without the CDK's command line as with it", async () => {
    await runApp('local');
    const bank = synthesisedBank('local');
    for (const part of ['data', 'auth', 'messaging', 'workers', 'schedules', 'api', 'monitoring'] as const) {
      const written = readFileSync(join(scratch, `countinghouse-local-${part}.template.json`), 'utf8');
      expect(JSON.parse(written)).toEqual(bank[part].json());
    }
  });
});
