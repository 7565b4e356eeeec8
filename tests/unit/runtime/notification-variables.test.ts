import { expect, test } from 'vitest';
import { readEnvironment } from '../../../lambdas/runtime/environment.ts';
import { notificationVariables } from '../../../lambdas/runtime/notification-variables.ts';
import { topics } from '../support/notifications.ts';

const environment = { NOTIFICATION_TOPICS: JSON.stringify(topics), EMAIL_SENDER: '' };
const read = (changes: Record<string, string | undefined>) =>
  readEnvironment(notificationVariables, { ...environment, ...changes });

test('every kind has a topic, and there may be no sender', () => {
  expect(read({})).toEqual({ NOTIFICATION_TOPICS: topics, EMAIL_SENDER: '' });
});

test.each([
  ['lack a kind', JSON.stringify({ ...topics, 'large-debit': undefined })],
  ['have an empty one', JSON.stringify({ ...topics, 'large-debit': '' })],
  ['are no JSON', 'arn:topic'],
])('topics that %s are refused, and so is a sender that is not said', (_what, NOTIFICATION_TOPICS) => {
  expect(() => read({ NOTIFICATION_TOPICS, EMAIL_SENDER: undefined })).toThrow(/NOTIFICATION_TOPICS.*EMAIL_SENDER/);
});
