import * as z from 'zod';
import { file } from '../../runtime/file.ts';

export { file };

export const health = z.object({ status: z.literal('healthy') });

export const fileParam = z.strictObject({ file: z.string().max(100) });
