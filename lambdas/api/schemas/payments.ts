import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { positiveAmount } from '../../domain/money.ts';
import { transaction } from '../../domain/transaction.ts';
import { plainText, reason } from './parts.ts';
import { pastDay } from './past-day.ts';

/** What every movement of money answers: its transaction, under the name that tells it from an account's id. */
export const receipt = z.object({ transaction_id: id, ...transaction.omit({ id: true, failure_code: true }).shape });

const description = plainText(200).optional();

export const cashRequest = z.strictObject({ account_id: id, amount: positiveAmount, description });

export const reversalRequest = z.strictObject({ description, value_date: pastDay.optional() });

export const waiveFeeRequest = z.strictObject({ reason });
