import { LogGroup, QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BankLogGroup } from './bank-log-group.ts';

interface LogQueriesProps {
  readonly stage: string;
  /** The app whose functions log. */
  readonly app: Construct;
}

interface SavedQuery {
  readonly fields: readonly string[];
  readonly filters?: readonly string[];
  readonly stats?: string;
  readonly sort: string;
}

/**
 * The questions that operators ask the logs first (CloudWatch, Logs Insights, "Saved queries"). What stands in capitals is replaced by
 * what is looked for.
 */
export const logQueries: Readonly<Record<string, SavedQuery>> = {
  'one request, from the gateway to the worker': {
    fields: [
      '@timestamp',
      '@log',
      'level',
      'message',
      'route',
      'status',
      'code',
      'event_type',
      'event_id',
      'response_ms',
    ],
    filters: ['request_id = "REQUEST_ID"'],
    sort: '@timestamp asc',
  },
  "one transaction's path": {
    fields: ['@timestamp', '@log', 'message', 'event_type', 'event_id', 'aggregate_id', 'request_id'],
    filters: ['aggregate_id = "TRANSACTION_ID" or request_id = "REQUEST_ID"'],
    sort: '@timestamp asc',
  },
  'refusals by code': {
    fields: ['code', 'route'],
    filters: ['message = "answered" and ispresent(code)'],
    stats: 'count(*) as refusals by code, route',
    sort: 'refusals desc',
  },
  'slow calls': {
    fields: ['@timestamp', 'request_id', 'route', 'status', 'response_ms', 'function_ms'],
    filters: ['response_ms > 500'],
    sort: 'response_ms desc',
  },
  'calls of the database, by route': {
    fields: ['route'],
    filters: ['message = "answered" and DatabaseCalls > 0'],
    stats:
      'count(*) as requests, avg(DatabaseMilliseconds) as average_ms, pct(DatabaseMilliseconds, 99) as p99_ms, sum(DatabaseRetries) as retries by route',
    sort: 'p99_ms desc',
  },
  errors: {
    fields: ['@timestamp', '@log', 'message', 'request_id', 'event_id', 'schedule', 'cause.name', 'cause.message'],
    filters: ['level = "ERROR" or @message like /Task timed out|Runtime\\./'],
    sort: '@timestamp desc',
  },
  'transfers that fraud rules stopped': {
    fields: ['@timestamp', 'request_id', 'route', 'status'],
    filters: ['code = "FRAUD_BLOCKED"'],
    sort: '@timestamp desc',
  },
  'what schedules did': {
    fields: ['@timestamp', 'schedule', 'scheduled_time', 'message', 'cause.message'],
    filters: ['ispresent(schedule)'],
    sort: '@timestamp desc',
  },
};

/** The saved queries of a stage, each over all its logs. */
export class LogQueries extends Construct {
  constructor(scope: Construct, id: string, { stage, app }: LogQueriesProps) {
    super(scope, id);
    const logGroups = app.node
      .findAll()
      .filter(found => found instanceof BankLogGroup)
      .map(({ plainName }) => LogGroup.fromLogGroupName(this, plainName.replaceAll('/', '-'), plainName));
    for (const [name, { filters = [], stats, ...query }] of Object.entries(logQueries)) {
      new QueryDefinition(this, name.replace(/\W/g, ''), {
        queryDefinitionName: `countinghouse/${stage}/${name}`,
        queryString: new QueryString({
          ...query,
          fields: [...query.fields],
          filterStatements: [...filters],
          ...(stats !== undefined && { statsStatements: [stats] }),
          limit: 200,
        }),
        logGroups,
      });
    }
  }
}
