import type { Route } from '../runtime/route.ts';
import { accountsRoutes } from './contract/accounts.ts';
import { auditRoutes } from './contract/audit.ts';
import { customersRoutes } from './contract/customers.ts';
import { fraudRoutes } from './contract/fraud.ts';
import { limitsRoutes } from './contract/limits.ts';
import { paymentsRoutes } from './contract/payments.ts';
import { systemRoutes } from './contract/system.ts';
import { transactionsRoutes } from './contract/transactions.ts';
import { usersRoutes } from './contract/users.ts';

/** The whole API. No route exists anywhere else: stacks, handlers, documentation and tests read this. */
export const contract = {
  ...systemRoutes,
  ...customersRoutes,
  ...limitsRoutes,
  ...accountsRoutes,
  ...paymentsRoutes,
  ...transactionsRoutes,
  ...usersRoutes,
  ...fraudRoutes,
  ...auditRoutes,
} as const;

/** The routes with their names, for whoever walks them. */
export const routes: readonly (Route & { name: string })[] = Object.entries(contract).map(([name, definition]) => ({
  name,
  ...definition,
}));
