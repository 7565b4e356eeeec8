import { Client } from 'pg';

/** A step of a plan, as PostgreSQL explains it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/** Runs a statement, and explains the statements that its functions ran for it: each with its text and its plan as it went. */
export async function plansWithin(url: string, statement: string): Promise<{ text: string; plan: PlanNode }[]> {
  const client = new Client({ connectionString: url });
  const notices: string[] = [];
  client.on('notice', ({ message }) => notices.push(message ?? ''));
  await client.connect();
  try {
    await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
      set auto_explain.log_buffers = on; set auto_explain.log_nested_statements = on; set auto_explain.log_format = json;
      set auto_explain.log_level = notice`);
    await client.query(statement);
  } finally {
    await client.end();
  }
  return notices
    .filter(notice => notice.includes('plan:'))
    .map(notice => JSON.parse(notice.slice(notice.indexOf('{'))))
    .map(explained => ({ text: explained['Query Text'], plan: explained.Plan }));
}

/** All steps of a plan. */
export function stepsOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];
}
