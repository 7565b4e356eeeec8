import { SESv2Client, type SESv2ClientConfig, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { NotificationKind } from '../domain/notifications/kinds.ts';
import type { Notification } from '../domain/notifications/notification.ts';
import { type Message, messageOf } from '../domain/notifications/templates.ts';

/** The bank's way to its customers. */
export interface Notifier {
  /**
   * Sends one notification. It may be sent again after any error, and then may arrive twice: both copies carry its id.
   * Throws the service's error, whose message may name the recipient.
   */
  send(notification: Notification): Promise<void>;
}

export interface NotifierOptions {
  /** The SNS topic of each kind, by its ARN. */
  topics: Record<NotificationKind, string>;
  /** Who mails to customers are from; empty for no mail. */
  sender: string;
  sns?: SNSClient;
  ses?: SESv2Client;
}

/** Both clients try once within two seconds: what failed is due again soon. */
const once = (requestTimeout: number) => ({
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler({ connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true }),
});

/** An SNS client that gives up soon. */
export function snsClient(config: SNSClientConfig = {}, requestTimeout = 2_000): SNSClient {
  return new SNSClient({ ...once(requestTimeout), ...config });
}

/** An SES client that gives up soon. */
export function sesClient(config: SESv2ClientConfig = {}, requestTimeout = 2_000): SESv2Client {
  return new SESv2Client({ ...once(requestTimeout), ...config });
}

/**
 * Publishes to the topic of the notification's kind, without name and address, then mails to the customer. The mail is the last
 * step, so that a person who reads it gets no second one because something else failed.
 */
export function createNotifier({ topics, sender, sns = snsClient(), ses = sesClient() }: NotifierOptions): Notifier {
  async function publish({ id, kind, customer_id, facts }: Notification): Promise<void> {
    await sns.send(
      new PublishCommand({
        TopicArn: topics[kind],
        Message: JSON.stringify({ notification_id: id, kind, customer_id, facts }),
        MessageAttributes: { kind: { DataType: 'String', StringValue: kind } },
      }),
    );
  }

  async function mail({ id, kind }: Notification, { subject, text, html }: Message, address: string): Promise<void> {
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [address] },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Text: utf8(text), Html: utf8(html) },
            Headers: [{ Name: 'X-Notification-Id', Value: id }],
          },
        },
        EmailTags: [
          { Name: 'notification_id', Value: id },
          { Name: 'kind', Value: kind },
        ],
      }),
    );
  }

  return {
    async send(notification) {
      await publish(notification);
      const { recipient } = notification;
      if (sender !== '' && recipient !== null) {
        const message = messageOf(notification, recipient.first_name);
        // Each address gets a mail of its own: the holder of the old one is not told the new one.
        for (const email of recipient.emails) {
          await mail(notification, message, email);
        }
      }
    },
  };
}

function utf8(Data: string): { Data: string; Charset: string } {
  return { Data, Charset: 'UTF-8' };
}
