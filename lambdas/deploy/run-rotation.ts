import { randomBytes } from 'node:crypto';
import type { Database } from '../adapters/database.ts';
import type { RotatingSecret } from '../adapters/rotating-secret.ts';
import type { DatabaseLogin } from '../adapters/secrets.ts';
import { ensureUser, otherUser } from './database-users.ts';

/** The steps of a rotation, in the order in which Secrets Manager asks for them. */
export const rotationSteps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type RotationStep = (typeof rotationSteps)[number];

export interface RotationPlan {
  step: RotationStep;
  /** The id of the version that is to become the current one. */
  version: string;
  secret: RotatingSecret;
  /** The database as its owner. */
  database: Database;
  /** Logs in, and answers as whom. */
  logIn(login: DatabaseLogin): Promise<string>;
}

/**
 * One step of a login's rotation. Each may be asked for again after it was done, or was cut off half-way. The password in
 * use is never touched: it is the other user's that is replaced, and from the last step on that is the one in use.
 *
 * @throws Error when the version is not what this rotation is about, or its login does not get in: then nothing has changed
 * for whoever uses the secret.
 */
export async function runRotation({ step, version, secret, database, logIn }: RotationPlan): Promise<void> {
  if ((await secret.versionWith('AWSCURRENT')) === version) {
    return;
  }
  if (step === 'createSecret') {
    return addVersion(secret, version);
  }
  if ((await secret.versionWith('AWSPENDING')) !== version) {
    throw new Error(`The version ${version} is not the one to rotate to`);
  }
  const [current, pending] = await Promise.all([secret.read(), secret.read(version)]);
  if (step === 'setSecret') {
    if (pending.username !== otherUser(current.username)) {
      throw new Error(`The version ${version} is not of the user that is free`);
    }
    await ensureUser(database, pending.username, pending.password);
  } else if (step === 'testSecret') {
    const user = await logIn(pending);
    if (user !== pending.username) {
      throw new Error(`The version ${version} logs in as ${user}`);
    }
  } else {
    await secret.makeCurrent(version);
  }
}

async function addVersion(secret: RotatingSecret, version: string): Promise<void> {
  if ((await secret.versionWith('AWSPENDING')) === version) {
    const complete = await secret.read(version).then(
      () => true,
      () => false,
    );
    if (complete) return;
  }
  const current = await secret.read();
  // 32 letters and digits of 192 bits: nothing in it needs quoting anywhere.
  const password = randomBytes(24).toString('base64url').replaceAll('-', 'A').replaceAll('_', 'B');
  await secret.addPending(version, { ...current, username: otherUser(current.username), password });
}
