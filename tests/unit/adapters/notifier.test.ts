import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { createNotifier } from '../../../lambdas/adapters/notifier.ts';
import { notificationKinds } from '../../../lambdas/domain/notifications/kinds.ts';
import { customerId } from '../support/callers.ts';
import { notificationId, notificationWith, topics } from '../support/notifications.ts';

const [sns, ses] = [mockClient(SNSClient), mockClient(SESv2Client)];
beforeEach(() => {
  sns.reset();
  ses.reset();
});

const clients = { sns: new SNSClient({ region: 'us-east-1' }), ses: new SESv2Client({ region: 'us-east-1' }) };
const notifier = createNotifier({ topics, sender: 'bank@bank.example', ...clients });
const published = () => sns.commandCalls(PublishCommand).map(call => call.args[0].input);
const mailed = () => ses.commandCalls(SendEmailCommand).map(call => call.args[0].input);

describe('a notification', () => {
  test.each(notificationKinds)('of %s is published to the topic of its kind, with its id', async kind => {
    const notification = notificationWith(kind);
    await notifier.send(notification);
    const [publication] = published();
    expect(publication).toEqual({
      TopicArn: topics[kind],
      Message: expect.any(String),
      MessageAttributes: { kind: { DataType: 'String', StringValue: kind } },
    });
    expect(JSON.parse(publication?.Message ?? '')).toEqual({
      notification_id: notificationId,
      kind,
      customer_id: customerId,
      facts: notification.facts,
    });
  });

  test('is published without name, address, or what the facts leave out', async () => {
    await notifier.send(notificationWith('profile-changed', { email: 'canary@customers.example' }));
    expect(JSON.stringify(published())).not.toMatch(/Ada|ada@|canary/);
  });

  test('is mailed in text and HTML from the sender, with its id in the header and the tags', async () => {
    await notifier.send(notificationWith('large-debit'));
    const utf8 = (what: unknown) => ({ Data: what, Charset: 'UTF-8' });
    expect(mailed()).toEqual([
      {
        FromEmailAddress: 'bank@bank.example',
        Destination: { ToAddresses: ['ada@customers.example'] },
        Content: {
          Simple: {
            Subject: utf8('A large amount left your account'),
            Body: {
              Text: utf8(expect.stringMatching(/^Dear Ada,\n\nUSD 1500\.00 left/)),
              Html: utf8(expect.stringContaining('<p>Dear Ada,</p>')),
            },
            Headers: [{ Name: 'X-Notification-Id', Value: notificationId }],
          },
        },
        EmailTags: [
          { Name: 'notification_id', Value: notificationId },
          { Name: 'kind', Value: 'large-debit' },
        ],
      },
    ]);
  });

  test('is mailed to each address by itself, so that neither is told the other', async () => {
    const emails = ['new@customers.example', 'old@customers.example'];
    await notifier.send(notificationWith('profile-changed', {}, { recipient: { first_name: 'Ada', emails } }));
    expect(mailed().map(mail => mail.Destination?.ToAddresses)).toEqual(emails.map(email => [email]));
  });

  test.each([
    ['a customer that is no more', null],
    ['a customer without an address', { first_name: 'Ada', emails: [] }],
  ])('for %s is published only', async (_who, recipient) => {
    await notifier.send(notificationWith('account-changed', {}, { recipient }));
    expect([published().length, mailed().length]).toEqual([1, 0]);
  });

  test('is published only where the stage has no sender', async () => {
    await createNotifier({ topics, sender: '', ...clients }).send(notificationWith('account-changed'));
    expect([published().length, mailed().length]).toEqual([1, 0]);
  });

  test('that is not published is not mailed yet, so that nobody is mailed twice for it', async () => {
    sns.on(PublishCommand).rejects(new Error('no topic'));
    await expect(notifier.send(notificationWith('account-changed'))).rejects.toThrow('no topic');
    expect(mailed()).toEqual([]);
  });

  test('that is not mailed is not sent', async () => {
    ses.on(SendEmailCommand).rejects(new Error('paused'));
    await expect(notifier.send(notificationWith('account-changed'))).rejects.toThrow('paused');
  });
});
