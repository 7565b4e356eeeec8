/** How an AWS SDK client finds a service. */
export interface ServiceSettings {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** The services that have a conformance suite which an SDK client can run. */
type Service = 'COGNITO' | 'KMS' | 'RDS_DATA' | 'SQS';

/**
 * Where a conformance suite runs instead of on our own part: `CONFORMANCE_<SERVICE>` is `aws`, for the real service with the
 * environment's own region and credentials, or the address of another emulator. Undefined: on ours.
 */
export function elsewhere(service: Service): ServiceSettings | undefined {
  const place = process.env[`CONFORMANCE_${service}`];
  if (place === undefined || place === '') {
    return undefined;
  }
  return place === 'aws'
    ? {}
    : { endpoint: place, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** What a suite needs to know of where it runs, and nobody but the person who runs it can tell. */
export function told(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') {
    throw new Error(`${variable} is not set: docs/RELIABILITY.md says what it means`);
  }
  return value;
}
