import * as z from 'zod';

/** A day for which something counts that is entered later. Which are allowed is checked in SQL. */
export const pastDay = z.iso
  .date({ error: 'must be a day such as "2026-02-28"', abort: true })
  .refine(day => day >= '1900-01-01', {
    error: 'must be a day of this bank, such as "2026-02-28"',
  });
