import { letterOf } from './letters.ts';
import type { Notification } from './notification.ts';

/** A message to a customer, in plain text and in HTML that says the same. */
export interface Message {
  subject: string;
  text: string;
  html: string;
}

const closing = [
  'To reach us, sign in as you always do or use a number that you already know. This message has no links, and we never ask for a ' +
    'password, a code or an account number by email.',
  'Your bank',
];

/** Writes a notification to a customer, in English. */
export function messageOf(notification: Notification, firstName: string): Message {
  const { subject, happened, advice } = letterOf(notification);
  const paragraphs = [`Dear ${firstName},`, happened, advice, ...closing];
  return {
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en">\n<body>\n${paragraphs.map(paragraph => `<p>${escaped(paragraph)}</p>`).join('\n')}\n</body>\n</html>\n`,
  };
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => entities[character] ?? character);
}
