import * as z from 'zod';
import { id } from '../../domain/fields.ts';

export const userStanding = z.object({ user_id: id, disabled: z.boolean() });
