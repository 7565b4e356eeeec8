import * as z from 'zod';

/** A file that is answered as it stands. */
export const file = z.object({
  mediaType: z.string(),
  content: z.custom<Uint8Array>(value => value instanceof Uint8Array),
});
