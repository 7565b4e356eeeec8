import * as z from 'zod';

/** A file that is answered as it stands. One with a name is for keeping: a browser saves it and does not show it. */
export const file = z.object({
  mediaType: z.string(),
  content: z.custom<Uint8Array>(value => value instanceof Uint8Array),
  filename: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
});
