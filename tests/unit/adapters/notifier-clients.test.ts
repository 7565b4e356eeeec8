import { createServer } from 'node:http';
import { PublishCommand } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, onTestFinished, test } from 'vitest';
import { createNotifier, sesClient, snsClient } from '../../../lambdas/adapters/notifier.ts';
import { notificationWith, topics } from '../support/notifications.ts';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

/** A service that accepts calls and says nothing. */
async function silence(): Promise<{ endpoint: string; calls(): number }> {
  let calls = 0;
  const server = createServer(request => {
    calls += 1;
    request.resume();
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`,
    calls: () => calls,
  };
}

test('an SNS that says nothing is given up after one try', async () => {
  const { endpoint, calls } = await silence();
  const notifier = createNotifier({ topics, sender: '', sns: snsClient({ ...settings, endpoint }, 50) });
  await expect(notifier.send(notificationWith('account-changed'))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(calls()).toBe(1);
});

test('an SES that says nothing is given up after one try', async () => {
  const { endpoint, calls } = await silence();
  const sns = snsClient(settings);
  mockClient(sns).on(PublishCommand).resolves({});
  const ses = sesClient({ ...settings, endpoint }, 50);
  const notifier = createNotifier({ topics, sender: 'bank@bank.example', sns, ses });
  await expect(notifier.send(notificationWith('account-changed'))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(calls()).toBe(1);
});
