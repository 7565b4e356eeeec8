import { parseArgs } from 'node:util';
import { archiveClient } from '../lambdas/adapters/archive-client.ts';
import { createAuditSources } from '../lambdas/adapters/audit-sources.ts';
import { createDatabase, dataApiClient } from '../lambdas/adapters/database.ts';
import { createSealArchive } from '../lambdas/adapters/seal-archive.ts';
import { createSealSigner } from '../lambdas/adapters/seal-signer.ts';
import { kmsClient } from '../lambdas/adapters/vault.ts';
import type { AuditFault } from '../lambdas/domain/audit/fault.ts';
import { type Verification, verifyAudit } from '../lambdas/domain/audit/verify.ts';
import { BankError } from '../lambdas/domain/errors.ts';
import { CommandError, runCommand } from '../local/command-error.ts';
import { findTarget, type Target } from './target.ts';

const usage = `Usage: npm run -s audit:verify -- [--stage NAME] [--cluster ARN]

Recomputes the audit of the bank that runs here, or of a stage in AWS: every hash, root, signature and link of the chain, the
database against the archive of the seals, and every row against its event. It reads only, and seals nothing.

  --cluster  another cluster of the stage, such as one restored from a backup, with the same archive

Ends with 0 and "intact: N rows, M seals, K not sealed yet", or with 1 and the first row or seal that is not as it was.`;

/** How long a run is silent. */
const silenceMilliseconds = 5_000;
/** How long a call that gets no answer is tried again. */
const patienceMilliseconds = 60_000;

await runCommand(async () => {
  const { help, stage, cluster } = readOptions();
  if (help) {
    console.log(usage);
    return;
  }
  const found = await verify(await findTarget(stage), cluster);
  if (found.fault) {
    throw new CommandError(`not intact: ${describe(found.fault)}`);
  }
  console.log(`intact: ${found.rows} rows, ${found.seals} seals, ${found.unsealed} not sealed yet`);
});

function readOptions() {
  try {
    return parseArgs({
      options: { stage: { type: 'string' }, cluster: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s audit:verify -- --help`);
  }
}

async function verify(target: Target, cluster = target.output('DatabaseClusterArn')): Promise<Verification> {
  const database = createDatabase({
    target: {
      resourceArn: cluster,
      secretArn: target.output('AuditLoginSecretArn'),
      database: target.output('DatabaseName'),
    },
    client: dataApiClient(target.client('rds-data')),
    remainingTime: () => patienceMilliseconds,
  });
  const archive = createSealArchive(target.output('AuditBucketName'), archiveClient(target.client('s3')));
  const signer = createSealSigner(target.output('SealKeyArn'), kmsClient(target.client('kms')));
  try {
    return await verifyAudit({
      sources: createAuditSources(database, archive),
      key: await signer.publicKey(),
      progress: sayNowAndThen(),
    });
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

/** What a service of AWS's refused or did not answer, in its own words. */
function refusalOf(error: unknown): CommandError | undefined {
  const cause = error instanceof BankError ? error.details.cause : error;
  const isService = error instanceof BankError || (error instanceof Error && '$metadata' in error);
  return isService && cause instanceof Error
    ? new CommandError(`The audit was not verified: ${cause.message || cause.name}`)
    : undefined;
}

/** On standard error, so that the outcome stands alone on standard output. */
function sayNowAndThen(): (soFar: Verification) => void {
  let last = performance.now();
  return ({ rows, seals, place }) => {
    if (performance.now() - last > silenceMilliseconds) {
      last = performance.now();
      console.error(
        place.row === undefined ? `… ${rows} rows in ${seals} seals` : `… rows and events from ${place.row}`,
      );
    }
  };
}

function describe({ message, seal_number, audit_log_id, about }: AuditFault): string {
  const row = about && `${about.action} of ${about.entity_type} ${about.entity_id} at ${about.occurred_at}`;
  const places = [audit_log_id && `row ${audit_log_id}`, seal_number !== null && `seal ${seal_number}`].filter(Boolean);
  return `${row ? `${row}: ` : ''}${message} (${places.join(', ')})`;
}
