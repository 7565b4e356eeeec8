import * as z from 'zod';

/** The id of anything in the bank, in lower case. */
export const id = z.uuid({ error: 'must be a UUID' }).toLowerCase();

/** A text that holds JSON of the given form, as variables and secrets do. */
export function jsonText<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** An instant as answers have it: RFC 3339, with microseconds, in UTC. */
export const timestamp = z.iso.datetime({ offset: true });
