import { Metrics } from '@aws-lambda-powertools/metrics';

/** The bank's own metrics, written into the log for CloudWatch to read. Each has the dimensions `service` and `stage`. */
export const metrics = new Metrics({
  namespace: 'Countinghouse',
  serviceName: 'countinghouse',
  defaultDimensions: { stage: process.env.STAGE ?? 'none' },
});
