import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { reason } from './parts.ts';

/** What a path names. */
export const idParam = z.strictObject({ id });

/** What a power takes that is used with nothing but a reason. */
export const reasonRequest = z.strictObject({ reason });
