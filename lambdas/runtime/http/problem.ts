import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { BankError } from '../../domain/errors.ts';
import { rateLimitHeaders } from './rate-limit-headers.ts';

/** An error in the form of RFC 9457, with the bank's code and the request's id. Nothing in it comes from below the bank's own words. */
export function problem(error: BankError, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { detail, fields, transaction, retryAfter, replayed, rateLimit } = error.details;
  return {
    statusCode: error.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
      ...rateLimitHeaders(rateLimit),
      ...(error.code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify({
      type: `urn:countinghouse:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
      title: error.title,
      status: error.status,
      code: error.code,
      detail,
      request_id: requestId,
      errors: fields,
      transaction_id: transaction?.id,
      transaction_ref: transaction?.ref,
    }),
  };
}
