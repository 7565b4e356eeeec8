import { routes } from '../lambdas/api/contract.ts';
import { roles } from '../lambdas/domain/caller.ts';
import { type Route, routeKey } from '../lambdas/runtime/route.ts';

/** Who may call what, as a table: a row for each route, a column for each role. */
export function roleMatrix(): string[][] {
  return [['Route', ...roles], ...routes.map(route => [routeKey(route), ...roles.map(role => mark(route, role))])];
}

function mark(route: Route, role: (typeof roles)[number]): string {
  if (route.roles === 'public') return 'anyone';
  if (!route.roles.includes(role)) return '';
  return role === 'customer' && route.customersOnlyWhere ? 'by stage' : 'yes';
}

/** A table in Markdown that reads as one without being rendered, too. */
export function markdownTable([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => (row[column] ?? '').length)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
