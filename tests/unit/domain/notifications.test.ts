import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notificationKinds } from '../../../lambdas/domain/notifications/kinds.ts';
import { messageOf } from '../../../lambdas/domain/notifications/templates.ts';
import { type claimed, factsOf, notificationWith } from '../support/notifications.ts';

const textOf = (...notification: Parameters<typeof claimed>) =>
  messageOf(notificationWith(...notification), 'Ada').text;

describe('the message of', () => {
  test.each([
    ['account-frozen', {}, 'Your checking account ending in 0017 was frozen on February 3, 2026 at 04:05 EST.'],
    ['account-frozen', { account: undefined }, 'Your access to the bank was frozen on February 3, 2026 at 04:05 EST.'],
    [
      'transfer-blocked',
      {},
      'We stopped a transfer of USD 1500.00 from your checking account ending in 0017 on February',
    ],
    [
      'large-debit',
      {},
      'USD 1500.00 left your checking account ending in 0017 on February 3, 2026 at 04:05 EST, by transfer.',
    ],
    ['large-debit', { transaction_type: 'FEE' }, 'EST, as a fee. Its reference is TXN20260203000000000042.'],
    ['large-debit', { transaction_type: 'REVERSAL', transaction_ref: undefined }, 'an earlier payment was reversed.\n'],
    ['profile-changed', {}, 'this was changed in our records of you: email address and phone number.'],
    [
      'profile-changed',
      { fields: ['email', 'phone', 'address'] },
      ': email address, phone number, and postal address.',
    ],
    ['profile-changed', { change: 'identity_verified' }, 'We verified your identity on February 3, 2026'],
    ['profile-changed', { change: 'identity_rejected' }, 'could not verify it.'],
    ['account-changed', {}, 'Your checking account ending in 0017 was opened on February 3, 2026 at 04:05 EST.'],
    ['account-changed', { change: 'closed' }, 'ending in 0017 was closed on February'],
    ['account-changed', { change: 'unfrozen' }, 'Your checking account ending in 0017 was unfrozen on'],
    ['account-changed', { change: 'unfrozen', account: undefined }, 'Your access to the bank was unfrozen on'],
    ['account-changed', { change: 'terms_changed', terms: ['interest_rate'] }, 'ending in 0017: interest rate.'],
    [
      'account-changed',
      { change: 'limits_changed', account: undefined },
      'How many transfers and requests you may make',
    ],
  ] as const)('%s %j says so', (kind, facts, sentence) => {
    expect(textOf(kind, facts)).toContain(sentence);
  });

  test.each(notificationKinds)('%s names the customer, says what to do, and asks for nothing', kind => {
    const { subject, text, html } = messageOf(notificationWith(kind), 'Ada');
    expect(subject).toMatch(/^[A-Z][\w ]{10,60}$/);
    expect(text).toMatch(/^Dear Ada,\n/);
    expect(text).toMatch(/contact us/);
    expect(text).toContain('we never ask for a password, a code or an account number');
    expect(subject + text + html).not.toMatch(/https?:|www\.|href|src=|click/i);
  });

  test('any kind tells the time where the bank is, and in UTC where its zone is unknown here', () => {
    const at = (time_zone: string) => textOf('account-frozen', {}, { time_zone });
    expect(at('Asia/Tokyo')).toContain('February 3, 2026 at 18:05 GMT+9');
    expect(at('UTC')).toContain('February 3, 2026 at 09:05 UTC');
    expect(at('posixrules')).toContain('February 3, 2026 at 09:05 UTC');
  });
});

const kind = fc.constantFrom(...notificationKinds);
const canary = fc.stringMatching(/^CANARY[a-z]{8}$/);
/** What stands near the facts in the database, and must not come along. */
const secrets = fc.dictionary(
  fc.constantFrom(
    'account_number',
    'balance',
    'from_balance',
    'ssn',
    'email',
    'phone',
    'reason',
    'fraud',
    'rules',
    'token',
  ),
  fc.oneof(canary, fc.array(canary), fc.record({ rule: canary, score: canary })),
  { minKeys: 1 },
);

test('no message has anything but the declared facts, whatever else is with them', () => {
  fc.assert(
    fc.property(kind, secrets, secrets, (chosen, beside, within) => {
      const { account } = factsOf[chosen];
      const facts = { ...beside, ...(account ? { account: { ...account, ...within } } : {}) };
      const notification = notificationWith(chosen, facts);
      expect(JSON.stringify([messageOf(notification, 'Ada'), notification])).not.toContain('CANARY');
    }),
  );
});

test('no message has more of an account’s number than its last four digits', () => {
  const digits = fc.stringMatching(/^\d{10}$/);
  fc.assert(
    fc.property(
      fc.constantFrom('account-frozen', 'large-debit', 'transfer-blocked', 'account-changed'),
      digits,
      (chosen, number) => {
        const hint = (last4: string) => ({ account: { account_type: 'SAVINGS', last4 }, transaction_ref: undefined });
        const { subject, text, html } = messageOf(notificationWith(chosen, hint(number.slice(-4))), 'Ada');
        expect(text).toContain(`savings account ending in ${number.slice(-4)}`);
        expect(subject + text + html).not.toMatch(/\d{5}/);
        expect(() => notificationWith(chosen, hint(number))).toThrow('last4');
      },
    ),
  );
});

test('the HTML of a message says what its text says, whatever the customer is called', () => {
  const unescaped = (html: string) =>
    html
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom('<script>alert(1)</script>', '"><img src=x>', "O'Neil & Sons", '&lt;'),
  );
  fc.assert(
    fc.property(kind, name, (chosen, firstName) => {
      const { text, html } = messageOf(notificationWith(chosen), firstName);
      const paragraphs = [...html.matchAll(/^<p>([^<>"']*)<\/p>$/gm)].map(([, paragraph = '']) => unescaped(paragraph));
      expect(`${paragraphs.join('\n\n')}\n`).toBe(text);
      expect(html.replaceAll(/<\/?(p|body|html lang="en"|html|!doctype html)>/g, '')).not.toMatch(/[<>]/);
    }),
  );
});
