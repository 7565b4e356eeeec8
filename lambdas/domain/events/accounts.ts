import * as z from 'zod';
import { account } from '../account.ts';
import { change, event } from './event.ts';

const fields = z.strictObject(account.shape).partial();

/** What happens to accounts. */
export const accountEvents = {
  AccountOpened: event('account', 'A customer got an account.', z.strictObject(account.shape)),
  AccountUpdated: event('account', 'Staff set the terms of an account.', change(fields, z.string().nullable())),
  AccountFrozen: event('account', 'No more money moves from or to an account.', change(fields)),
  AccountUnfrozen: event('account', 'Money may move from and to an account again.', change(fields)),
  AccountClosed: event('account', 'An account was closed, for good.', change(fields)),
};
