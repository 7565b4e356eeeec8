import { routes } from '../lambdas/api/contract.ts';
import { type Route, routeKey } from '../lambdas/runtime/route.ts';
import { glossary } from './glossary.ts';

/** A route with a call of it. */
export interface CurlExample {
  name: string;
  route: Route;
  command: string;
}

/** Ids that examples hold, and the shell variables that stand for them. */
const variables = new Map<unknown, string>([
  [glossary.account_id?.example, 'ACCOUNT'],
  [glossary.to_account_id?.example, 'OTHER_ACCOUNT'],
  [glossary.customer_id?.example, 'CUSTOMER'],
  [glossary.transaction_id?.example, 'TRANSACTION'],
  [glossary.start_date?.example, 'TOMORROW'],
]);

/** What an example leaves out of a body: the request is fuller than most are. */
const omitted: Readonly<Record<string, readonly string[]>> = {
  updateMyCustomer: ['email', 'phone'],
  assignFraudAlert: ['investigator'],
  setFraudRules: ['settings'],
  placeHold: ['expires_at'],
  captureHold: ['amount', 'final', 'description'],
  updateAccount: ['interest_rate_from'],
  reverseTransaction: ['value_date'],
  openAccount: ['customer_id', 'interest_rate', 'overdraft_limit'],
};

/**
 * A call of each route with curl, for a shell in which BANK, the tokens of the roles in capitals, and the ids are set.
 *
 * @param bodies an example body of each route that takes one.
 */
export function curlExamples(bodies: ReadonlyMap<string, Record<string, unknown>>): CurlExample[] {
  return routes.map(route => ({ name: route.name, route, command: curl(route, bodies.get(route.name)) }));
}

function curl(route: Route & { name: string }, body: Record<string, unknown> | undefined): string {
  const [role = ''] = route.roles === 'public' ? [] : route.roles;
  const request = route.method === 'GET' ? '' : `-X ${route.method} `;
  const parts = [
    `curl -sS ${request}"$BANK${address(route)}"`,
    ...(role ? [`-H "Authorization: Bearer $${role.toUpperCase()}_TOKEN"`] : []),
    ...(route.idempotent ? [`-H "Idempotency-Key: $(node -p 'crypto.randomUUID()')"`] : []),
    ...(route.conditional ? ["-H 'If-Match: *'"] : []),
    ...(body ? ["-H 'Content-Type: application/json'", `-d '${json(body, omitted[route.name] ?? [])}'`] : []),
  ];
  return parts.join(' \\\n  ');
}

/** What stands for `{id}` in a path, by the path's first part. */
const ids: Readonly<Record<string, string>> = {
  customers: 'CUSTOMER',
  users: 'CUSTOMER',
  transactions: 'TRANSACTION',
  'fraud-alerts': 'ALERT',
  holds: 'HOLD',
  'standing-orders': 'ORDER',
  'audit-logs': 'AUDIT_LOG',
  reconciliations: 'RECONCILIATION',
  fees: 'FEE',
  'fee-rules': 'FEE_RULE',
};

function address({ path }: Route): string {
  const [, collection = ''] = path.split('/');
  const id = ids[collection] ?? 'ACCOUNT';
  return path
    .replace('{id}', `$${id}`)
    .replace('{period}', '$PERIOD')
    .replace('{file}', String(glossary.file?.example));
}

/** JSON between single quotes, which close around each variable. */
function json(body: Record<string, unknown>, without: readonly string[]): string {
  const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !without.includes(name)));
  return JSON.stringify(kept, (_, value: unknown) => {
    const variable = variables.get(value);
    return variable === undefined ? value : `'"$${variable}"'`;
  }).replace(/"'\\"(\$\w+)\\"'"/g, `"'"$1"'"`);
}

/** The examples as chapters of Markdown. */
export function curlChapters(examples: readonly CurlExample[]): string {
  return examples
    .map(({ route, name, command }) =>
      [
        `### \`${routeKey(route)}\``,
        `${route.summary}. In OpenAPI and the client: \`${name}\`.`,
        `\`\`\`sh\n${command}\n\`\`\``,
      ].join('\n\n'),
    )
    .join('\n\n');
}
