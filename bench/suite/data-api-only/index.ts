import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';

const client = new RDSDataClient();

/** The least that a function of the bank's can do: it makes a Data API client. What its start takes, theirs is measured against. */
export const handler = () =>
  client.send(
    new ExecuteStatementCommand({
      resourceArn: process.env.DATABASE_CLUSTER_ARN,
      secretArn: process.env.DATABASE_SECRET_ARN,
      sql: 'select 1',
    }),
  );
