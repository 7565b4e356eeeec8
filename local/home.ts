import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';

/** The folder that holds everything the local bank keeps. `BANK_HOME` names another one. */
export const bankHome = resolve(process.env.BANK_HOME ?? '.bank');

const runningBank = z.object({
  apiUrl: z.string(),
  databaseUrl: z.string(),
  /** SDK service id → URL. */
  endpoints: z.record(z.string(), z.string()),
  /** The outputs of all stacks, by name. */
  outputs: z.record(z.string(), z.string()),
  identity: z.object({ endpoint: z.string(), userPoolId: z.string(), userPoolClientId: z.string() }),
});

/** What other commands need to know of a bank that runs. */
export type RunningBank = z.output<typeof runningBank>;

const recordFile = join(bankHome, 'running.json');

/** Notes the running bank for the other commands. */
export async function recordRunningBank(bank: RunningBank): Promise<void> {
  await mkdir(bankHome, { recursive: true });
  await writeFile(`${recordFile}.new`, JSON.stringify(bank, null, 2), { mode: 0o600 });
  await rename(`${recordFile}.new`, recordFile);
}

/** Removes the note at a stop. */
export async function forgetRunningBank(): Promise<void> {
  await rm(recordFile, { force: true });
}

/** The bank that runs here, or undefined. A note left by a bank that was killed counts for nothing. */
export async function findRunningBank(): Promise<RunningBank | undefined> {
  const text = await readFile(recordFile, 'utf8').catch(() => undefined);
  const bank = text === undefined ? undefined : runningBank.safeParse(JSON.parse(text)).data;
  return bank && (await answers(bank.apiUrl)) ? bank : undefined;
}

async function answers(apiUrl: string): Promise<boolean> {
  const response = await fetch(`${apiUrl}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  return response?.ok ?? false;
}
