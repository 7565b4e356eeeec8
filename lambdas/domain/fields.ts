import * as z from 'zod';

/** The id of anything in the bank. */
export const id = z.uuid({ error: 'must be a UUID' });

/** An instant as answers have it: RFC 3339, with microseconds, in UTC. */
export const timestamp = z.iso.datetime({ offset: true });
