import { startPostgres } from '../../../local/postgres/start-postgres.ts';

// A program that holds a PostgreSQL until it is killed: `node holder.ts <directory>` prints the server as JSON.
const { url, pid } = await startPostgres({ directory: process.argv[2] ?? '', durable: false });
process.stdout.write(`${JSON.stringify({ url, pid })}\n`);
setInterval(() => undefined, 60_000);
