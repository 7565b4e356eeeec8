import { Metrics } from '@aws-lambda-powertools/metrics';

/** What the functions count: written to the log in CloudWatch's embedded metric format. */
export const metrics = new Metrics({ namespace: 'Countinghouse', serviceName: 'countinghouse' });
