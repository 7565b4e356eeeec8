import { randomBytes } from 'node:crypto';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import type { DataApiOptions } from '../../../local/data-api/index.ts';
import { callsOf, type DataApiCalls, dataApiUnderTest } from '../../local/data-api/data-api-client.ts';
import { elsewhere, told } from '../elsewhere.ts';

/** A Data API in front of an empty database. */
export interface DataApiService extends DataApiCalls {
  stop(): Promise<void>;
}

/**
 * Finds the Data API: ours on a database of its own, unless the suite runs elsewhere. There it makes a database on the cluster
 * that CONFORMANCE_CLUSTER_ARN names, as the user of CONFORMANCE_SECRET_ARN, and removes it at the end.
 *
 * @param options settings of ours
 */
export async function dataApiService(options: Partial<DataApiOptions> = {}): Promise<DataApiService> {
  const settings = elsewhere('RDS_DATA');
  if (!settings) {
    return dataApiUnderTest(options);
  }
  const client = new RDSDataClient({ ...settings, maxAttempts: 1 });
  const cluster = { resourceArn: told('CONFORMANCE_CLUSTER_ARN'), secretArn: told('CONFORMANCE_SECRET_ARN') };
  const database = `conformance_${randomBytes(6).toString('hex')}`;
  const onServer = (sql: string) => client.send(new ExecuteStatementCommand({ ...cluster, database: 'postgres', sql }));
  await onServer(`create database ${database}`);
  return {
    ...callsOf(client, { ...cluster, database }),
    async stop() {
      await onServer(`drop database ${database} with (force)`);
      client.destroy();
    },
  };
}
