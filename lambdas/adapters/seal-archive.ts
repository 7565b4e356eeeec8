import { setTimeout as pause } from 'node:timers/promises';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { reaching } from './reaching.ts';

/**
 * The seals outside the database: written once each, kept for as long as the bucket's Object Lock says, changed by nobody.
 * Every function throws BankError UNAVAILABLE when S3 doesn't answer, and S3's own error when it answers that it will not.
 */
export interface SealArchive {
  /**
   * Writes a seal, unless there is one of its number.
   *
   * @returns the seal of that number as the archive has it now: the one given, or the one that was there first.
   */
  put(number: number, document: string): Promise<string>;
  /** A seal as it is written; undefined when there is none. */
  get(number: number): Promise<string | undefined>;
  /** The lowest number from this one on of which there is a seal. */
  first(from: number): Promise<number | undefined>;
}

const unreachable = 'The archive of the seals cannot be read right now.';

/** `seals/000000000042.json`: keys are listed in the order of the numbers. */
function keyOf(number: number): string {
  return `${folder}${String(number).padStart(12, '0')}.json`;
}

const folder = 'seals/';
const keyForm = /^seals\/(\d{12})\.json$/;

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
 * The archive in an S3 bucket. A conditional write decides which of two seals of one number there is: the first (Amazon S3
 * User Guide, "How to prevent object overwrites with conditional writes").
 */
export function createSealArchive(bucket: string, client = archiveClient()): SealArchive {
  async function put(number: number, document: string, tries = conflictTries): Promise<string> {
    try {
      const write = new PutObjectCommand({
        Bucket: bucket,
        Key: keyOf(number),
        Body: document,
        ContentType: 'application/json',
        IfNoneMatch: '*',
      });
      await reaching(() => client.send(write), unreachable);
      return document;
    } catch (error) {
      // Another writer is at it: afterwards the object is there, or it is not.
      if (named(error, 'ConditionalRequestConflict') && tries > 1) {
        await pause(100);
        return put(number, document, tries - 1);
      }
      const existing = named(error, 'PreconditionFailed') ? await get(number) : undefined;
      if (existing === undefined) {
        throw error;
      }
      return existing;
    }
  }

  async function get(number: number): Promise<string | undefined> {
    try {
      const read = new GetObjectCommand({ Bucket: bucket, Key: keyOf(number) });
      return await reaching(async () => (await client.send(read)).Body?.transformToString(), unreachable);
    } catch (error) {
      if (named(error, 'NoSuchKey')) {
        return undefined;
      }
      throw error;
    }
  }

  return {
    put,
    get,
    async first(from) {
      const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: folder, StartAfter: keyOf(from - 1) });
      const { Contents = [] } = await reaching(() => client.send(list), unreachable);
      const [number] = Contents.flatMap(({ Key = '' }) => keyForm.exec(Key)?.[1] ?? []);
      return number === undefined ? undefined : Number(number);
    },
  };
}

function named(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
