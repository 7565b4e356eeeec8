import * as z from 'zod';
import { id } from '../fields.ts';
import { hold } from '../hold.ts';
import { moneyText } from '../money.ts';
import { event } from './event.ts';
import { verdict } from './fraud.ts';

const { shape: fields } = hold.omit({ description: true });

/** What happens to holds, each told as it is then. A description, in which people write about people, is in none of it. */
export const holdEvents = {
  HoldPlaced: event('hold', 'Money of an account was set apart.', z.strictObject({ ...fields, fraud: verdict })),
  HoldCaptured: event(
    'hold',
    'What a hold has set apart was paid, or a part of it.',
    z.strictObject({
      ...fields,
      transaction_id: id.describe('The transfer that paid it'),
      transaction_amount: moneyText.describe('How much that paid'),
    }),
  ),
  HoldReleased: event('hold', 'What was left of a hold was let go.', z.strictObject(fields)),
  HoldExpired: event('hold', 'A hold was over by itself, at the moment in ended_at.', z.strictObject(fields)),
};
