import type { CreateKeyCommandInput } from '@aws-sdk/client-kms';
import { KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { onTestFinished } from 'vitest';
import { addKey as addKeyTo, serve as serveOurs } from '../../local/kms/support.ts';
import { elsewhere } from '../elsewhere.ts';

/** A client of KMS: of a server of the test's own, unless the suite runs elsewhere. */
export async function serve(): Promise<{ client: KMSClient }> {
  const settings = elsewhere('KMS');
  if (!settings) {
    return serveOurs();
  }
  const client = new KMSClient(settings);
  onTestFinished(() => client.destroy());
  return { client };
}

/** Makes a key and returns its ARN. Elsewhere than on ours, it is given up after the test. */
export async function addKey(client: KMSClient, input: CreateKeyCommandInput = {}): Promise<string> {
  const arn = await addKeyTo(client, input);
  if (elsewhere('KMS')) {
    onTestFinished(async () => {
      const KeyId = arn.slice(arn.lastIndexOf('/') + 1);
      await client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    });
  }
  return arn;
}

/** Makes a key for MACs and returns its ARN. */
export function addHmacKey(client: KMSClient): Promise<string> {
  return addKey(client, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
}
