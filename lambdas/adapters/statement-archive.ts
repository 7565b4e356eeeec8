import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { archiveClient, writeOnce } from './archive-client.ts';

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

/** The archive in an S3 bucket. */
export function createStatementArchive(bucket: string, client = archiveClient()): StatementArchive {
  async function read(key: string): Promise<Uint8Array> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) {
      throw new Error('S3 answered without the file it was asked for');
    }
    return await Body.transformToByteArray();
  }

  return {
    async put({ key, mediaType, content }) {
      const object = { Bucket: bucket, Key: key, Body: content, ContentType: mediaType };
      return sha256((await writeOnce(client, object)) ? content : await read(key));
    },
  };
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
