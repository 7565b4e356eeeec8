import type { Caller } from '../../domain/caller.ts';
import { BankError } from '../../domain/errors.ts';
import type { Route, StageRule } from '../route.ts';

/** A caller on a route: held to its own accounts unless one of its staff roles may call the route. */
export interface AuthorizedCaller extends Caller {
  ownAccountsOnly: boolean;
}

/**
 * Lets a caller through whom the contract lets through.
 *
 * @throws BankError FORBIDDEN if none of its roles may call the route, or only customers' and the stage does not let customers.
 */
export function authorize(
  caller: Caller,
  route: Pick<Route, 'roles' | 'customersOnlyWhere'>,
  allowed: readonly StageRule[],
): AuthorizedCaller {
  const granted = caller.roles.filter(role => route.roles.includes(role));
  if (granted.length === 0) {
    throw new BankError('FORBIDDEN', { detail: 'None of your roles may do this.' });
  }
  const ownAccountsOnly = granted.every(role => role === 'customer');
  if (ownAccountsOnly && route.customersOnlyWhere && !allowed.includes(route.customersOnlyWhere)) {
    throw new BankError('FORBIDDEN', { detail: 'Customers may not do this themselves here: ask a teller.' });
  }
  return { ...caller, ownAccountsOnly };
}
