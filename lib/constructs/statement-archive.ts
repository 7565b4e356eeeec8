import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { ArchiveBucket } from './archive-bucket.ts';
import type { Provision } from './provision.ts';
import { ServiceKey } from './service-key.ts';

interface StatementArchiveProps {
  readonly config: StageConfig;
}

/**
 * Where the statements of closed months are kept as files, each written once, for as long as the bank keeps its books: no rule
 * removes one.
 */
export class StatementArchive extends Construct {
  readonly bucket: ArchiveBucket;
  readonly #key: ServiceKey;

  constructor(scope: Construct, id: string, { config }: StatementArchiveProps) {
    super(scope, id);
    this.#key = new ServiceKey(this, 'Key', {
      config,
      name: 'statement-archive',
      description: 'Encrypts the archive of statements',
      service: 's3',
    });
    this.bucket = new ArchiveBucket(this, 'Bucket', { config, key: this.#key });
  }

  /** Putting statements in, and reading what is there already. */
  get writing(): Provision {
    const { bucket } = this;
    const useOfKey = this.#key.writing();
    return {
      environment: { STATEMENT_BUCKET: bucket.bucketName },
      allow(handler) {
        const reason = 'Every object of the one bucket: statements are what it is for, and nothing else is in it.';
        bucket.allowOnObjects(handler, ['s3:PutObject', 's3:GetObject'], reason);
        handler.addToRolePolicy(useOfKey);
      },
    };
  }
}
