import * as z from 'zod';
import { arn } from '../assembly/local-account.ts';
import { mixedAlphanumeric, stableId } from '../assembly/physical-id.ts';
import type { SecretDefinition } from './secret-definition.ts';
import type { SecretStore, SecretVersion, StoredSecret } from './secret-store.ts';
import { SecretsError } from './secrets-error.ts';

/** What the operations work on. */
export interface SecretsState {
  store: SecretStore;
  /** By ARN: what attached databases add to a secret's value. */
  attached: Map<string, NonNullable<SecretDefinition['attached']>>;
}

type Operation = (state: SecretsState, input: unknown) => object;

const value = { SecretString: z.string().optional(), SecretBinary: z.string().optional() };
const token = z.string().min(32).max(64).optional();

function operation<Input>(schema: z.ZodType<Input>, run: (state: SecretsState, input: Input) => object): Operation {
  return (state, input) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) throw new SecretsError('InvalidParameterException', z.prettifyError(parsed.error));
    return run(state, parsed.data);
  };
}

function findVersion(secret: StoredSecret, versionId?: string, stage?: string): SecretVersion {
  const label = stage ?? (versionId === undefined ? 'AWSCURRENT' : undefined);
  const version = secret.versions.find(
    candidate =>
      (versionId === undefined || candidate.id === versionId) &&
      (label === undefined || candidate.stages.includes(label)),
  );
  if (version) return version;
  const sought = label === undefined ? `VersionId: ${versionId}` : `staging label: ${label}`;
  throw new SecretsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${sought}`,
  );
}

/** A version's text with what an attached database adds to it. */
export function completeString({ attached }: SecretsState, secret: StoredSecret, version: SecretVersion) {
  const extra = attached.get(secret.arn);
  if (extra === undefined || version.secretString === undefined) return version.secretString;
  return JSON.stringify({ ...JSON.parse(version.secretString), ...extra });
}

const getSecretValue = operation(
  z.object({ SecretId: z.string().min(1), VersionId: z.string().optional(), VersionStage: z.string().optional() }),
  (state, { SecretId, VersionId, VersionStage }) => {
    const secret = state.store.get(SecretId);
    const version = findVersion(secret, VersionId, VersionStage);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: version.stages,
      SecretString: completeString(state, secret, version),
      SecretBinary: version.secretBinary,
      CreatedDate: version.createdAt,
    };
  },
);

function describe(secret: StoredSecret): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    CreatedDate: secret.createdAt,
    LastChangedDate: Math.max(secret.createdAt, ...secret.versions.map(version => version.createdAt)),
  };
}

function stagesByVersion(secret: StoredSecret): Record<string, string[]> {
  return Object.fromEntries(secret.versions.map(version => [version.id, version.stages]));
}

const describeSecret = operation(z.object({ SecretId: z.string().min(1) }), ({ store }, { SecretId }) => {
  const secret = store.get(SecretId);
  return { ...describe(secret), VersionIdsToStages: stagesByVersion(secret) };
});

function checkValue({
  SecretString,
  SecretBinary,
}: {
  SecretString?: string | undefined;
  SecretBinary?: string | undefined;
}) {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw new SecretsError(
      'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
}

const putSecretValue = operation(
  z.object({
    SecretId: z.string().min(1),
    ClientRequestToken: token,
    VersionStages: z.array(z.string()).min(1).optional(),
    ...value,
  }),
  ({ store }, input) => {
    checkValue(input);
    if (input.SecretString === undefined && input.SecretBinary === undefined) {
      throw new SecretsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
    }
    const secret = store.get(input.SecretId);
    const given = { secretString: input.SecretString, secretBinary: input.SecretBinary };
    const version = store.put(secret, input.ClientRequestToken ?? crypto.randomUUID(), given, input.VersionStages);
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
  },
);

const updateSecretVersionStage = operation(
  z.object({
    SecretId: z.string().min(1),
    VersionStage: z.string().min(1),
    MoveToVersionId: z.string().optional(),
    RemoveFromVersionId: z.string().optional(),
  }),
  ({ store }, { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }) => {
    const secret = store.get(SecretId);
    store.moveStage(secret, VersionStage, { to: MoveToVersionId, from: RemoveFromVersionId });
    return { ARN: secret.arn, Name: secret.name };
  },
);

const createSecret = operation(
  z.object({
    Name: z.string().regex(/^[\w/+=.@-]{1,512}$/, 'Invalid name.'),
    ClientRequestToken: token,
    Description: z.string().optional(),
    KmsKeyId: z.string().optional(),
    ...value,
  }),
  ({ store }, input) => {
    checkValue(input);
    if (store.find(input.Name)) {
      const message = `The operation failed because the secret ${input.Name} already exists.`;
      throw new SecretsError('ResourceExistsException', message);
    }
    const suffix = stableId(crypto.randomUUID(), 6, mixedAlphanumeric);
    const secret = store.create({
      arn: arn('secretsmanager', `secret:${input.Name}-${suffix}`),
      name: input.Name,
      description: input.Description,
      kmsKeyId: input.KmsKeyId,
    });
    if (input.SecretString === undefined && input.SecretBinary === undefined)
      return { ARN: secret.arn, Name: secret.name };
    const given = { secretString: input.SecretString, secretBinary: input.SecretBinary };
    const version = store.put(secret, input.ClientRequestToken ?? crypto.randomUUID(), given);
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id };
  },
);

const listSecrets = operation(
  z.object({
    MaxResults: z.number().int().min(1).max(100).default(100),
    NextToken: z.string().regex(/^\d+$/, 'You provided a NextToken value that is not valid.').default('0'),
    Filters: z.array(z.unknown()).max(0, 'Filters are not served here.').optional(),
  }),
  ({ store }, { MaxResults, NextToken }) => {
    const from = Number(NextToken);
    const secrets = store.all();
    const page = secrets.slice(from, from + MaxResults);
    return {
      SecretList: page.map(secret => ({ ...describe(secret), SecretVersionsToStages: stagesByVersion(secret) })),
      NextToken: from + MaxResults < secrets.length ? String(from + MaxResults) : undefined,
    };
  },
);

/** The operations that are served, by the name that follows `secretsmanager.` in `X-Amz-Target`. */
export const operations = new Map<string, Operation>([
  ['CreateSecret', createSecret],
  ['DescribeSecret', describeSecret],
  ['GetSecretValue', getSecretValue],
  ['ListSecrets', listSecrets],
  ['PutSecretValue', putSecretValue],
  ['UpdateSecretVersionStage', updateSecretVersionStage],
]);
