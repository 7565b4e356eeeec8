import * as z from 'zod';

/**
 * A social security number by the SSA's rules: no area 000, 666 or 9xx, no group 00, no serial 0000; dashes optional.
 * Parsed to its nine digits. Source: SSA POMS RM 10201.035.
 */
export const ssnText = z
  .string({ error: 'must be a social security number such as "123-45-6789"' })
  .regex(/^(?!000|666|9)\d{3}(-?)(?!00)\d{2}\1(?!0000)\d{4}$/, {
    error: 'must be a social security number as the SSA issues them, such as "123-45-6789"',
  })
  .transform(text => text.replaceAll('-', ''));

/** A day of birth: a real calendar day, not in the future, of somebody at most 130 years old. */
export const dateOfBirth = z.iso.date({ error: 'must be a day such as "1990-02-28"' }).refine(
  day => {
    const born = Date.parse(day);
    const now = Date.now();
    return born <= now && now - born < 131 * 365.25 * 86_400_000;
  },
  { error: 'must be a day in the past 130 years' },
);
