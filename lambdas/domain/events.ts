import * as z from 'zod';
import { id } from './fields.ts';

export type { EventType } from './events/catalogue.ts';

/** An event on its way. Whatever it says is passed on as it stands; who acts on it reads the rest by its id. */
export const bankEvent = z.looseObject({ id, type: z.string() });
export type BankEvent = z.output<typeof bankEvent>;
