import type { Database } from '../../../lambdas/adapters/database.ts';
import type { ParameterValue } from '../../../lambdas/adapters/parameters.ts';

/** A statement that the code under test sent. */
export interface SentQuery {
  sql: string;
  parameters: Record<string, ParameterValue>;
}

/** A database that notes what it is sent and answers what the test says, parsed as the real one's answers are. */
export function fakeDatabase(reply: (query: SentQuery) => unknown): { database: Database; sent: SentQuery[] } {
  const sent: SentQuery[] = [];
  const database: Database = {
    async query({ sql, parameters, answer }) {
      sent.push({ sql, parameters });
      return answer.parse(reply({ sql, parameters }));
    },
  };
  return { database, sent };
}

/** The name of the SQL function that a statement calls. */
export function functionOf({ sql }: SentQuery): string | undefined {
  return /^select (\w+\.\w+)\(/.exec(sql)?.[1];
}

/** Each named parameter of a statement with the type that the statement casts it to; without a cast it is text. */
export function castsOf({ sql }: SentQuery): Record<string, string> {
  return Object.fromEntries([...sql.matchAll(/:(\w+)(?:::(\w+))?/g)].map(([, name, type]) => [name, type ?? 'text']));
}
