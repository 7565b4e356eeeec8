import * as z from 'zod';
import { id } from '../domain/fields.ts';
import { notification } from '../domain/notifications/notification.ts';
import type { Database } from './database.ts';
import type { Notifier } from './notifier.ts';

/** How a delivery went. */
export interface Delivery {
  sent: number;
  /** Those that are to be tried again. */
  failed: number;
  /** Those given up by now, after too many tries. */
  abandoned: number;
  /** What they failed with: how often each error came, by its name. Its message is nobody's to read: it may name a customer. */
  errors: Record<string, number>;
}

/** The notifications that wait in the database. */
export interface Notifications {
  /**
   * Sends those that are due, so many at most. Each is sent at least once: again if it fails, and if this is cut off before it is
   * marked. One that fails stops no other.
   *
   * @throws BankError UNAVAILABLE when the database doesn't answer.
   */
  deliver(limit: number): Promise<Delivery>;
}

/** How long others leave to us what we have taken: longer than the slowest 100 take. */
const leaseSeconds = 90;
/** SES lets a new account mail to some fourteen a second. */
const atOnce = 10;

/** What is taken: a kind or facts of another release must not keep the rest from being sent, so each is parsed by itself. */
const claim = z.object({ abandoned: z.int(), notifications: z.array(z.looseObject({ id })) });
const marked = z.object({ marked: z.int() });

/** Sends what waits in the database through a notifier. */
export function createNotifications(database: Database, notifier: Notifier): Notifications {
  return {
    async deliver(limit) {
      const { abandoned, notifications } = await database.query({
        sql: 'select bank.claim_notifications(:batch_size::integer, :lease_seconds::integer)',
        parameters: { batch_size: limit, lease_seconds: leaseSeconds },
        answer: claim,
      });
      const sent: string[] = [];
      const errors: Record<string, number> = {};
      const waiting = notifications.values();
      const sendInTurn = async () => {
        for (const entry of waiting) {
          try {
            await notifier.send(notification.parse(entry));
            sent.push(entry.id);
          } catch (error) {
            const name = error instanceof Error ? error.name : 'UnknownError';
            errors[name] = (errors[name] ?? 0) + 1;
          }
        }
      };
      await Promise.all(Array.from({ length: atOnce }, sendInTurn));
      if (sent.length > 0) {
        await database.query({
          sql: 'select bank.mark_notifications_sent(:ids::jsonb)',
          parameters: { ids: JSON.stringify(sent) },
          answer: marked,
        });
      }
      return { sent: sent.length, failed: notifications.length - sent.length, abandoned, errors };
    },
  };
}
