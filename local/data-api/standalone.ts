import { type DataApi, startDataApi } from './server.ts';

/**
 * Serves the Data API alone on one PostgreSQL server: any cluster and secret ARN is accepted and means `databaseUrl`; a
 * call's `database` names another database of the same server. Tells every refusal on the console.
 */
export async function serveDataApi(args: { port: number; databaseUrl: string }): Promise<DataApi> {
  return await startDataApi({
    port: args.port,
    connect: ({ database }) => ({ connectionString: withDatabase(args.databaseUrl, database) }),
    log: line => console.error(line),
  });
}

function withDatabase(databaseUrl: string, database: string | undefined): string {
  if (!database) return databaseUrl;
  const url = new URL(databaseUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
