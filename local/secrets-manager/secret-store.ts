import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { SecretsError } from './secrets-error.ts';

const versionSchema = z.object({
  id: z.string(),
  stages: z.array(z.string()),
  /** Seconds since 1970. */
  createdAt: z.number(),
  secretString: z.string().optional(),
  secretBinary: z.string().optional(),
});
const secretSchema = z.object({
  arn: z.string(),
  name: z.string(),
  description: z.string().optional(),
  kmsKeyId: z.string().optional(),
  createdAt: z.number(),
  versions: z.array(versionSchema),
});

export type StoredSecret = z.output<typeof secretSchema>;
export type SecretVersion = z.output<typeof versionSchema>;
export type SecretValue = Pick<SecretVersion, 'secretString' | 'secretBinary'>;

const notFound = "Secrets Manager can't find the specified secret.";

function sameValue(left: SecretValue, right: SecretValue): boolean {
  return left.secretString === right.secretString && left.secretBinary === right.secretBinary;
}

/** The secrets of one directory: in memory, and in a file that only its owner may read. */
export class SecretStore {
  readonly #file: string;
  readonly #secrets: Map<string, StoredSecret>;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#file = join(directory, 'secrets.json');
    const stored = existsSync(this.#file)
      ? z.array(secretSchema).parse(JSON.parse(readFileSync(this.#file, 'utf8')))
      : [];
    this.#secrets = new Map(stored.map(secret => [secret.arn, secret]));
  }

  all(): StoredSecret[] {
    return [...this.#secrets.values()];
  }

  /** By name, ARN, or an ARN without its last six characters; undefined when there is none. */
  find(id: string): StoredSecret | undefined {
    const exact = this.#secrets.get(id);
    if (exact) return exact;
    return this.all().find(secret => secret.name === id || secret.arn.replace(/-\w{6}$/, '') === id);
  }

  /** As `find`; throws ResourceNotFoundException. */
  get(id: string): StoredSecret {
    const secret = this.find(id);
    if (!secret) throw new SecretsError('ResourceNotFoundException', notFound);
    return secret;
  }

  /** Adds a secret without a value. */
  create(secret: Pick<StoredSecret, 'arn' | 'name' | 'description' | 'kmsKeyId'>): StoredSecret {
    const created = { ...secret, createdAt: Date.now() / 1000, versions: [] };
    this.#secrets.set(created.arn, created);
    this.#save();
    return created;
  }

  /**
   * Adds a version with the given labels, which leave the versions that had them. The version that loses `AWSCURRENT`
   * becomes `AWSPREVIOUS`. The same id and value again change nothing; another value is a ResourceExistsException.
   */
  put(secret: StoredSecret, id: string, value: SecretValue, stages = ['AWSCURRENT']): SecretVersion {
    const known = secret.versions.find(version => version.id === id);
    if (known && sameValue(known, value)) return known;
    if (known) {
      const reason = `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`;
      throw new SecretsError('ResourceExistsException', reason);
    }
    const previous = secret.versions.find(version => version.stages.includes('AWSCURRENT'));
    const moved = stages.includes('AWSCURRENT') && previous ? [...stages, 'AWSPREVIOUS'] : stages;
    for (const version of secret.versions) version.stages = version.stages.filter(stage => !moved.includes(stage));
    if (moved !== stages) previous?.stages.push('AWSPREVIOUS');
    const added = { id, stages, createdAt: Date.now() / 1000, ...value };
    // A version without a label is deprecated and may be deleted at any time.
    secret.versions = [...secret.versions.filter(version => version.stages.length > 0), added];
    this.#save();
    return added;
  }

  /**
   * Moves a label from one version to another. It must be named where it is attached; the version that loses `AWSCURRENT` becomes
   * `AWSPREVIOUS` (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html).
   */
  moveStage(secret: StoredSecret, stage: string, { to, from }: { to: string | undefined; from: string | undefined }) {
    const holder = secret.versions.find(version => version.stages.includes(stage));
    const target = to === undefined ? undefined : secret.versions.find(version => version.id === to);
    if (to !== undefined && !target) throw new SecretsError('ResourceNotFoundException', notFound);
    if (holder?.id !== from && holder !== target) {
      const message = `The parameter RemoveFromVersionId must be the version that has the staging label ${stage}.`;
      throw new SecretsError('InvalidParameterException', message);
    }
    if (holder === target) return;
    const moved = stage === 'AWSCURRENT' ? [stage, 'AWSPREVIOUS'] : [stage];
    for (const version of secret.versions) version.stages = version.stages.filter(label => !moved.includes(label));
    target?.stages.push(stage);
    if (stage === 'AWSCURRENT') holder?.stages.push('AWSPREVIOUS');
    this.#save();
  }

  #save(): void {
    const temporary = `${this.#file}.new`;
    writeFileSync(temporary, JSON.stringify(this.all(), null, 2), { mode: 0o600 });
    chmodSync(temporary, 0o600);
    renameSync(temporary, this.#file);
  }
}
