import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { createDatabase } from '../adapters/database.ts';
import { replaceLogin, rotatingSecret, secretsClient } from '../adapters/rotating-secret.ts';
import type { DatabaseLogin } from '../adapters/secrets.ts';
import { databaseTarget, databaseVariables, readEnvironment } from '../runtime/environment.ts';
import { rotationSteps, runRotation } from './run-rotation.ts';

/** What Secrets Manager sends for each step. */
const rotationEvent = z.object({
  SecretId: z.string().min(1),
  ClientRequestToken: z.string().min(1),
  Step: z.enum(rotationSteps),
});

/**
 * Does a step of the rotation of a database login's secret; Secrets Manager calls it for each. The Data API logs in with the
 * current version of a secret and no other, so a new one is tried out in a secret of its own, PROBE_SECRET_ARN.
 */
export async function handler(event: unknown, context: Context): Promise<void> {
  const { SecretId, ClientRequestToken, Step } = rotationEvent.parse(event);
  const environment = readEnvironment({ ...databaseVariables, PROBE_SECRET_ARN: z.string().min(1) });
  const remainingTime = () => context.getRemainingTimeInMillis();
  const client = secretsClient();
  const target = databaseTarget(environment);
  const probe = createDatabase({ target: { ...target, secretArn: environment.PROBE_SECRET_ARN }, remainingTime });
  await runRotation({
    step: Step,
    version: ClientRequestToken,
    secret: rotatingSecret(SecretId, client),
    database: createDatabase({ target, remainingTime }),
    async logIn(login: DatabaseLogin) {
      await replaceLogin(environment.PROBE_SECRET_ARN, login, client);
      return probe.query({ sql: 'select to_json(current_user)', parameters: {}, answer: z.string() });
    },
  });
}
