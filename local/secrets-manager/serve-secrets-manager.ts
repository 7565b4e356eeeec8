import { type SecretsManager, startSecretsManager } from './secrets-manager.ts';

/** Serves Secrets Manager alone, on the secrets kept in `directory`; every refusal is told on standard error. */
export async function serveSecretsManager(args: { port: number; directory: string }): Promise<SecretsManager> {
  return await startSecretsManager({ ...args, secrets: [], log: line => console.error(line) });
}
