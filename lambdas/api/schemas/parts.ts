import { isLosslessNumber } from 'lossless-json';
import * as z from 'zod';

/** Text that a person may write: no control characters (PostgreSQL keeps no NUL), no broken surrogate pairs. */
export const plainText = (maximum: number) =>
  z
    .string({ error: 'must be text' })
    .max(maximum, { error: `must have at most ${maximum} characters` })
    .refine(text => text.isWellFormed() && !/\p{Cc}/u.test(text), { error: 'must not have control characters' });

/** Why a member of staff does something; kept with the event. */
export const reason = plainText(500).trim().min(3, { error: 'must be a reason of at least 3 characters' });

/** A whole number of a JSON body, whose numbers are kept as they were written until somebody says what they are. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (value: number) => (isLosslessNumber(value) ? Number(value.toString()) : value),
    z
      .int({ error: 'must be a whole number' })
      .min(least, { error: `must be at least ${least}` })
      .max(most, { error: `must be at most ${most}` }),
  );

/** Which rows of a list are asked for. */
export const page = {
  limit: z
    .string()
    .regex(/^[1-9]\d*$/, { error: 'must be a whole number from 1; more than 100 is taken as 100' })
    .transform(text => Math.min(Number(text), 100))
    .default(50),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, { error: 'must be a next_cursor that this route answered' })
    .optional(),
};

/** A moment in a query: RFC 3339, with what PostgreSQL takes of it (no year 0, no offset of 15 hours, no more than microseconds). */
export const moment = z.iso
  .datetime({ offset: true, abort: true, error: 'must be a time of RFC 3339 such as "2026-03-01T09:30:00Z"' })
  .regex(/^(?!0000).{16}(:\d\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):\d\d)$/, {
    error: 'must be a time of RFC 3339 such as "2026-03-01T09:30:00Z", with at most six decimal places of a second',
  });
