import { createAwsJsonServer } from '../aws-json/aws-json-server.ts';
import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { applyDefinitions } from './apply-definitions.ts';
import type { KmsAliasDefinition, KmsKeyDefinition } from './key-definition.ts';
import { KeyStore } from './key-store.ts';
import type { Kms } from './operation.ts';
import { operations } from './operations/index.ts';

export interface KmsOptions {
  /** 0, any free port, unless told. */
  port?: number;
  /** 127.0.0.1 unless told. */
  host?: string;
  /** Where `keys.json` is kept. */
  directory: string;
  /** The keys of the application; those that are new get their material. */
  keys: KmsKeyDefinition[];
  aliases: KmsAliasDefinition[];
  /** Told of every refusal. */
  log?(line: string): void;
  /** The clock, in milliseconds since 1970; tests set it. */
  now?(): number;
}

/**
 * Serves KMS (JSON 1.1 over HTTP) with keys kept in a directory. Any `Authorization` header is accepted, none is not
 * (https://docs.aws.amazon.com/kms/latest/APIReference/). Rejects when the keys cannot be read or a kept key has become
 * another kind in the template, and with Node's own error when it cannot listen.
 */
export async function startKms(options: KmsOptions): Promise<LoopbackServer> {
  const now = options.now ?? Date.now;
  const kms: Kms = { store: new KeyStore(options.directory, now), now };
  await applyDefinitions(kms.store, options.keys, options.aliases, now());
  const bound = [...operations].map(([name, run]) => [name, (input: unknown) => run(kms, input)] as const);
  const server = createAwsJsonServer({
    targetPrefix: 'TrentService.',
    operations: new Map(bound),
    ...(options.log && { log: options.log }),
  });
  return await listenOnLoopback(server, options.port, options.host);
}
