import { setTimeout as pause } from 'node:timers/promises';
import { PutObjectCommand, type PutObjectCommandInput, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** An S3 client that gives up within some seconds. */
export function archiveClient(config: S3ClientConfig = {}): S3Client {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  });
  return new S3Client({ maxAttempts: 3, requestHandler, ...config });
}

/** How often a write is tried that S3 says another is in the way of. */
const conflictTries = 5;

/**
 * Writes an object, unless there is one of its key. A conditional write decides which of two that come at once there is: the first
 * (Amazon S3 User Guide, "How to prevent object overwrites with conditional writes"). Throws S3's error.
 *
 * @returns whether it was written; false for one that was there before.
 */
export async function writeOnce(
  client: S3Client,
  object: PutObjectCommandInput,
  tries = conflictTries,
): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    // Another writer is at it: afterwards the object is there, or it is not.
    if (name === 'ConditionalRequestConflict' && tries > 1) {
      await pause(100);
      return writeOnce(client, object, tries - 1);
    }
    if (name === 'PreconditionFailed') {
      return false;
    }
    throw error;
  }
}
