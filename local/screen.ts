import { relative } from 'node:path';
import type { DemoAccounts } from './demo/fill.ts';
import { demoUsers } from './demo/users.ts';
import { bankHome } from './home.ts';

/** The one screen that `npm start` ends with: where the bank is, who may use it, and a line to paste that moves money. */
export function welcome(apiUrl: string, accounts: DemoAccounts | undefined): string {
  const [from, to] = accounts?.alice ?? [];
  const staff = demoUsers.filter(user => user.role !== 'customer').map(user => user.name);
  return `
  The bank is open at ${apiUrl}

  Customers   alice, bob (each with a CHECKING and a SAVINGS account)
  Staff       ${staff.join(', ')}
  A token     npm run -s token -- alice

  Move 1.25 between alice's accounts (paste this into another shell, in this folder):

    curl -sS ${apiUrl}/transfer -H "Authorization: Bearer $(npm run -s token -- alice)" -H 'Content-Type: application/json' -d '{"from_account_id":"${from?.id}","to_account_id":"${to?.id}","amount":"1.25"}'

  Look again:

    curl -sS ${apiUrl}/accounts -H "Authorization: Bearer $(npm run -s token -- alice)"

  Stop with Ctrl-C; the data stay in ${relative('.', bankHome)}/. Wipe them with: npm run reset
`;
}
