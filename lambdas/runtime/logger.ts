import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs. Nothing of a request's body, and no token, is ever written. */
export const logger = new Logger({ serviceName: 'countinghouse' });
