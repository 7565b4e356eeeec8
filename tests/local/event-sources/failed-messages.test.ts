import { expect, test } from 'vitest';
import { failedMessages } from '../../../local/event-sources/failed-messages.ts';
import { splitBySize } from '../../../local/event-sources/gather-batch.ts';

const [a, b, c] = ['a', 'b', 'c'].map(MessageId => ({ MessageId, Body: 'x' })) as [object, object, object];
const batch = [a, b, c];
const failures = (...ids: unknown[]) => ({ batchItemFailures: ids.map(itemIdentifier => ({ itemIdentifier })) });

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['an empty list', failures()],
  ['null for a list', { batchItemFailures: null }],
])('an answer of %s means that no message has failed', (_name, answer) => {
  expect(failedMessages(batch, answer)).toEqual([]);
});

test('an answer with ids means that those messages have failed', () => {
  expect(failedMessages(batch, failures('b'))).toEqual([b]);
  expect(failedMessages(batch, failures('c', 'a', 'c'))).toEqual([a, c]);
});

test.each([
  ['an unknown id', failures('a', 'z')],
  ['an empty id', failures('')],
  ['null for an id', failures(null)],
  ['an id under another name', { batchItemFailures: [{ messageId: 'a' }] }],
  ['no object', 'done'],
  ['text for a list', { batchItemFailures: 'a' }],
])('an answer with %s means that the whole batch has failed', (_name, answer) => {
  expect(failedMessages(batch, answer)).toEqual(batch);
});

test('a batch that is too much for one invocation is taken apart, in order', () => {
  // Quotes around them count, as they do in the event.
  const messages = [1, 1, 3, 7, 0].map(length => ({ Body: 'x'.repeat(length) }));
  expect(splitBySize(messages, 8).map(part => part.length)).toEqual([2, 1, 1, 1]);
  expect(splitBySize(messages, 1_000)).toEqual([messages]);
});
