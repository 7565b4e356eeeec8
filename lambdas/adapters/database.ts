import { ExecuteStatementCommand, RDSDataClient, type RDSDataClientConfig } from '@aws-sdk/client-rds-data';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import * as z from 'zod';
import { type BankEvent, bankEvent } from '../domain/events.ts';
import { type DatabaseCall, tellDatabaseCall } from '../domain/measured.ts';
import { databaseUnavailable, isRepeatable } from './database-errors.ts';
import { type ParameterValue, toParameters } from './parameters.ts';

/** Where a database is and as whom to log in. */
export interface DatabaseTarget {
  resourceArn: string;
  secretArn: string;
  database: string;
}

/** One command or query: a statement that yields one value, a JSON document. */
export interface Query<Answer extends z.ZodType> {
  sql: string;
  parameters: Record<string, ParameterValue>;
  answer: Answer;
}

export interface Database {
  /**
   * Sends one statement in one Data API call and parses the JSON document it yields.
   * A call whose outcome is unknown is sent again until the time is over, so a command must carry its own id.
   *
   * @throws BankError UNAVAILABLE when no try got through in time; any other database error as it came.
   */
  query<Answer extends z.ZodType>(query: Query<Answer>): Promise<z.output<Answer>>;
}

export interface DatabaseOptions {
  target: DatabaseTarget;
  client?: RDSDataClient;
  /** How long the client lets one try take. */
  tryMilliseconds?: number;
  /** Milliseconds that are left for the work at hand, answering included. */
  remainingTime(): number;
  /**
   * Gets the events that a call has written, once it has come back and so has committed. Whatever becomes of them, the call has
   * succeeded: an error thrown here is nobody's.
   */
  afterCommit?(events: BankEvent[]): Promise<void>;
}

/** The database's own limit for a statement is 8 s (sql/logins); a try waits a little longer, so the database gives up first. */
const ordinaryTryMilliseconds = 9_000;
/** Kept back from the remaining time for the answer's way home. */
const reserveMilliseconds = 1_000;
const firstPauseMilliseconds = 50;
const longestPauseMilliseconds = 2_000;

/**
 * A Data API client with kept-alive connections, which puts its middleware together once and not for each call. It does not retry by
 * itself: `createDatabase` does, knowing the time left.
 */
export function dataApiClient(
  config: RDSDataClientConfig = {},
  requestTimeout = ordinaryTryMilliseconds,
): RDSDataClient {
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true });
  return new RDSDataClient({ maxAttempts: 1, cacheMiddleware: true, requestHandler, ...config });
}

/** The refusal of a command whose key is being worked on. */
const inFlight = z.object({ refusal: z.object({ code: z.literal('REQUEST_IN_FLIGHT') }) });

/** A try was given up, but its statement runs on and holds the command's key: what it did is not known yet. */
class StillInFlight extends Error {}

/** The bank's way to its database: one Data API call per command or query. */
export function createDatabase({ afterCommit, ...options }: DatabaseOptions): Database {
  const database = retryingDatabase(options);
  return afterCommit ? handingOn(database, afterCommit) : database;
}

function retryingDatabase({
  target,
  client = dataApiClient(),
  tryMilliseconds = ordinaryTryMilliseconds,
  remainingTime,
}: DatabaseOptions): Database {
  async function answered<Answer extends z.ZodType>({ sql, parameters, answer }: Query<Answer>, call: Tries) {
    const command = new ExecuteStatementCommand({ ...target, sql, parameters: toParameters(parameters) });
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
      try {
        const { records } = await client.send(command);
        const document: unknown = JSON.parse(records?.[0]?.[0]?.stringValue ?? 'null');
        if (call.retries > 0 && inFlight.safeParse(document).success) {
          throw new StillInFlight();
        }
        return answer.parse(document);
      } catch (error) {
        if (!isRepeatable(error) && !(error instanceof StillInFlight)) {
          throw error;
        }
        const wait = pause * (0.5 + Math.random() / 2);
        if (remainingTime() < wait + tryMilliseconds + reserveMilliseconds) {
          call.lost = true;
          throw databaseUnavailable(error);
        }
        await new Promise(resume => setTimeout(resume, wait));
        call.retries += 1;
      }
    }
  }

  return {
    async query(query) {
      const began = performance.now();
      const call: Tries = { retries: 0, lost: false };
      try {
        return await answered(query, call);
      } finally {
        tellDatabaseCall({ ...call, milliseconds: performance.now() - began });
      }
    },
  };
}

/** How a call fares, while it is tried. */
type Tries = Omit<DatabaseCall, 'milliseconds'>;

const withEvents = z.looseObject({ events: z.array(bankEvent) });

/** A database whose calls bring along the events that they wrote. Those are handed on, and the answer is what its function made it. */
function handingOn(database: Database, afterCommit: (events: BankEvent[]) => Promise<void>): Database {
  return {
    async query({ sql, parameters, answer }) {
      const call = { sql: `select bank.with_events((${sql}))`, parameters, answer: z.unknown() };
      const document = await database.query(call);
      const carrying = withEvents.safeParse(document);
      if (!carrying.success) {
        return answer.parse(document);
      }
      const { events, ...answered } = carrying.data;
      try {
        await afterCommit(events);
      } catch {
        // The call has committed, and its events with it: the relay finds them.
      }
      return answer.parse(answered);
    },
  };
}
