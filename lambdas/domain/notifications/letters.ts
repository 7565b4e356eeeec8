import type { FactsOf, Notification } from './notification.ts';
import { accountName, listed, momentIn } from './words.ts';

/** What a notification says: the subject, what happened, and what to do if the customer did not expect it. */
export interface Letter {
  subject: string;
  happened: string;
  advice: string;
}

/** The letter of a notification. It has of an account no more than its last four digits, and no balance, reason or rule. */
export function letterOf(notification: Notification): Letter {
  const at = momentIn(notification.time_zone, notification.facts.occurred_at);
  switch (notification.kind) {
    case 'account-frozen':
      return accountFrozen(notification.facts, at);
    case 'transfer-blocked':
      return transferBlocked(notification.facts, at);
    case 'large-debit':
      return largeDebit(notification.facts, at);
    case 'profile-changed':
      return profileChanged(notification.facts, at);
    case 'account-changed':
      return accountChanged(notification.facts, at);
  }
}

const askUs = 'If you did not expect this, contact us.';
const tellUsAtOnce = 'If this was not you, contact us at once, so that we can stop whoever it was.';

function accountFrozen({ account }: FactsOf<'account-frozen'>, at: string): Letter {
  const advice = 'If you do not know why, contact us: we will tell you what we need to lift it.';
  return account
    ? {
        subject: 'Your account has been frozen',
        happened: `Your ${accountName(account)} was frozen on ${at}. No money goes into it or out of it until we lift this.`,
        advice,
      }
    : {
        subject: 'Your access to the bank has been frozen',
        happened: `Your access to the bank was frozen on ${at}. We refuse whatever is asked in your name until we lift this.`,
        advice,
      };
}

function transferBlocked(
  { account, amount, currency, transaction_ref }: FactsOf<'transfer-blocked'>,
  at: string,
): Letter {
  return {
    subject: 'We stopped a transfer from your account',
    happened: `We stopped a transfer of ${currency} ${amount} from your ${accountName(account)} on ${at}, to look into it. No money moved.${reference(transaction_ref)}`,
    advice: `If you asked for it, there is nothing to do: we may contact you about it. ${tellUsAtOnce}`,
  };
}

/** How money can leave an account. */
const ways = {
  TRANSFER: 'by transfer',
  WITHDRAWAL: 'by withdrawal',
  DEPOSIT: 'by deposit',
  INTEREST: 'as interest',
  FEE: 'as a fee',
  REVERSAL: 'because an earlier payment was reversed',
} as const satisfies Record<FactsOf<'large-debit'>['transaction_type'], string>;

function largeDebit({ account, ...payment }: FactsOf<'large-debit'>, at: string): Letter {
  const { amount, currency, transaction_type, transaction_ref } = payment;
  return {
    subject: 'A large amount left your account',
    happened: `${currency} ${amount} left your ${accountName(account)} on ${at}, ${ways[transaction_type]}.${reference(transaction_ref)}`,
    advice: tellUsAtOnce,
  };
}

function reference(transactionRef: string | undefined): string {
  return transactionRef === undefined ? '' : ` Its reference is ${transactionRef}.`;
}

const fieldNames = { email: 'email address', phone: 'phone number', address: 'postal address' } as const;

function profileChanged({ change, fields }: FactsOf<'profile-changed'>, at: string): Letter {
  switch (change) {
    case 'contact_details':
      return {
        subject: 'Your contact details have been changed',
        happened: `On ${at} this was changed in our records of you: ${listed(fields.map(field => fieldNames[field]))}.`,
        advice: tellUsAtOnce,
      };
    case 'identity_verified':
      return {
        subject: 'Your identity has been verified',
        happened: `We verified your identity on ${at}.`,
        advice: askUs,
      };
    case 'identity_rejected':
      return {
        subject: 'We could not verify your identity',
        happened: `We looked at your identity on ${at} and could not verify it.`,
        advice: 'Contact us: we will tell you what we need.',
      };
  }
}

const termNames = { interest_rate: 'interest rate', overdraft_limit: 'overdraft limit' } as const;

function accountChanged({ change, account, terms }: FactsOf<'account-changed'>, at: string): Letter {
  const what = account ? accountName(account) : 'access to the bank';
  switch (change) {
    case 'opened':
      return {
        subject: 'An account has been opened for you',
        happened: `Your ${what} was opened on ${at}.`,
        advice: askUs,
      };
    case 'closed':
      return { subject: 'Your account has been closed', happened: `Your ${what} was closed on ${at}.`, advice: askUs };
    case 'unfrozen':
      return {
        subject: account ? 'Your account is no longer frozen' : 'Your access to the bank is no longer frozen',
        happened: `Your ${what} was unfrozen on ${at}.`,
        advice: askUs,
      };
    case 'terms_changed':
      return {
        subject: 'The terms of your account have changed',
        happened: `On ${at} this was changed of your ${what}: ${listed(terms.map(term => termNames[term]))}.`,
        advice: askUs,
      };
    case 'limits_changed':
      return {
        subject: 'Your limits have changed',
        happened: `How many transfers and requests you may make was changed on ${at}.`,
        advice: askUs,
      };
  }
}
