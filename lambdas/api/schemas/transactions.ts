import * as z from 'zod';
import { id } from '../../domain/fields.ts';
import { transaction } from '../../domain/transaction.ts';
import { page } from './parts.ts';

export { transaction };

export const transactionsQuery = z.strictObject({ account_id: id.optional(), ...page });
export const transactionsPage = z.object({ transactions: z.array(transaction), next_cursor: z.string().nullable() });
