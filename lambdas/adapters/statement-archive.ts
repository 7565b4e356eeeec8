import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** A file of the archive. */
export interface ArchiveFile {
  key: string;
  mediaType: string;
  content: Uint8Array;
}

/** Statements outside the database. */
export interface StatementArchive {
  /**
   * Puts a file there, unless there is one of its key: what was archived once stays as it was. Throws S3's error.
   *
   * @returns the SHA-256 (hexadecimal) of the file that is there now.
   */
  put(file: ArchiveFile): Promise<string>;
}

/** An S3 client that gives up within some seconds. */
export function statementArchiveClient(config: S3ClientConfig = {}): S3Client {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 2_000,
    requestTimeout: 15_000,
    throwOnRequestTimeout: true,
  });
  return new S3Client({ maxAttempts: 3, requestHandler, ...config });
}

/** How often a file is put that S3 says another writer is in the way of. */
const conflictTries = 5;

/**
 * The archive in an S3 bucket. A conditional write decides which of two files of one key there is: the first (Amazon S3
 * User Guide, "How to prevent object overwrites with conditional writes").
 */
export function createStatementArchive(bucket: string, client = statementArchiveClient()): StatementArchive {
  async function put({ key, mediaType, content }: ArchiveFile, tries = conflictTries): Promise<string> {
    try {
      const write = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: content,
        ContentType: mediaType,
        IfNoneMatch: '*',
      });
      await client.send(write);
      return sha256(content);
    } catch (error) {
      if (named(error, 'PreconditionFailed')) {
        return sha256(await get(key));
      }
      if (named(error, 'ConditionalRequestConflict') && tries > 1) {
        await pause(100);
        return put({ key, mediaType, content }, tries - 1);
      }
      throw error;
    }
  }

  async function get(key: string): Promise<Uint8Array> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) {
      throw new Error('S3 answered without the file it was asked for');
    }
    return await Body.transformToByteArray();
  }

  return { put };
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function named(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
