import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that would have left the bank: an email, or a message published to a topic. */
export interface Notification {
  kind: 'email' | 'sns';
  /** The topic's name; none for an email. */
  topic?: string;
  from?: string;
  /** Addresses. */
  to: string[];
  subject?: string | undefined;
  body: string;
}

export interface Outbox {
  /** Writes a notification down; it is a whole file when this returns. */
  deliver(notification: Notification): void;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function headers(notification: Notification, time: string): string {
  const { kind, topic, from, to, subject } = notification;
  const lines = [
    ['Time', time],
    ['Kind', kind],
    ['Topic', topic],
    ['From', from],
    ['To', to.join(', ')],
    ['Subject', subject],
  ];
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${oneLine(value)}\n`] : [])).join('');
}

/**
 * A folder that notifications land in, a file each, instead of in the world: readable text, with names in the order of
 * time. `onNotification` is told each in one line.
 */
export function openOutbox(
  directory: string,
  onNotification: (line: string) => void = () => {},
  now: () => Date = () => new Date(),
): Outbox {
  let count = 0;
  return {
    deliver(notification) {
      const { kind, topic, to, subject = '', body } = notification;
      const time = now().toISOString();
      const whom = topic ?? to.join(', ');
      // Several in one millisecond keep their order by the count.
      count += 1;
      const order = `${time.replace(/[-:]/g, '')}-${String(count).padStart(6, '0')}`;
      const name = `${order}-${kind}-${whom.replace(/[^\w.@-]+/g, '_').slice(0, 60)}.txt`;
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const path = join(directory, name);
      writeFileSync(`${path}.new`, `${headers(notification, time)}\n${body}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
      onNotification(`${kind} to ${oneLine(whom)}: ${oneLine(subject || body).slice(0, 100)}`);
    },
  };
}
