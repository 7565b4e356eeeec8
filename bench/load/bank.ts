import { decodeJwt } from 'jose';
import * as z from 'zod';
import { CommandError } from '../../local/command-error.ts';
import { findTarget } from '../../ops/target.ts';
import type { CleanUp } from '../clean-up.ts';
import type { LoadOptions } from './options.ts';
import { createUsers, type Pool, type User } from './users.ts';

/** The bank that gets the load. */
export interface LoadedBank {
  url: string;
  /** A token of a user who is admin and teller. */
  staffToken(): Promise<string>;
  addCustomer(): Promise<User>;
}

/**
 * Finds the bank of the options: the one that runs here, where a member of staff is made for the run, or the one named, with
 * the token given. Its user pool is the one that issued the token.
 *
 * @throws CommandError when there is none, or the token is of no use.
 */
export async function findBank(options: LoadOptions, cleanUp: CleanUp): Promise<LoadedBank> {
  const { token } = options;
  if (token !== undefined) {
    const url = options.url ?? (await findTarget(options.stage)).output('ApiUrl').replace(/\/+$/, '');
    const users = createUsers(await poolOf(token));
    return { url, staffToken: async () => token, addCustomer: () => users.add('customer') };
  }
  const bank = await findTarget(undefined);
  const users = createUsers({
    userPoolId: bank.output('UserPoolId'),
    clientId: bank.output('UserPoolClientId'),
    client: bank.client('cognito-identity-provider'),
  });
  const staff = await users.add('admin', 'teller');
  cleanUp.add(() => staff.remove());
  return {
    url: bank.output('ApiUrl').replace(/\/+$/, ''),
    staffToken: () => staff.signIn(),
    addCustomer: () => users.add('customer'),
  };
}

const claims = z.object({ iss: z.url(), client_id: z.string(), 'cognito:groups': z.array(z.string()) });
const issuer = /^https:\/\/cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\w[\w-]+)$/;

/** The pool that issued an access token: that of the bank that runs here, if it is the same, or in AWS. */
async function poolOf(token: string): Promise<Pool> {
  const read = claims.safeParse(claimsOf(token));
  const groups = read.data?.['cognito:groups'] ?? [];
  const [, region = '', userPoolId = ''] = issuer.exec(read.data?.iss ?? '') ?? [];
  if (!read.success || userPoolId === '' || !groups.includes('admin') || !groups.includes('teller')) {
    throw new CommandError('--token is no access token of a user who is in the groups admin and teller.');
  }
  const here = await findTarget(undefined).catch(() => undefined);
  const local = here?.output('UserPoolId') === userPoolId;
  const client = local ? here.client('cognito-identity-provider') : { region };
  return { userPoolId, clientId: read.data.client_id, client };
}

function claimsOf(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
