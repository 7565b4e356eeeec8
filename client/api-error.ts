import type { ErrorCode, FieldError } from '../lambdas/domain/errors.ts';
import { isErrorCode } from '../lambdas/domain/errors.ts';

/** What API Gateway refuses by itself has no code: these are the bank's codes for the same. */
const gatewayCodes: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'ROUTE_NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  503: 'UNAVAILABLE',
};

/** An error that the API answered. When no answer came at all, the error of `fetch` is thrown instead. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** The fields that are not as they must be. */
  readonly fields: FieldError[];
  /** The id of the FAILED transaction that recorded a refusal. */
  readonly transactionId: string | undefined;
  /** Seconds after which the same request may be sent again. */
  readonly retryAfter: number | undefined;
  /** The id of the request, to name when asking about it. */
  readonly requestId: string;
  readonly headers: Headers;

  constructor(status: number, headers: Headers, body: Readonly<Record<string, unknown>>) {
    const code = String(body.code ?? '');
    super(String(body.detail ?? body.title ?? body.message ?? `The API answered ${status}`));
    this.name = 'ApiError';
    this.code = isErrorCode(code) ? code : (gatewayCodes[status] ?? 'INTERNAL_ERROR');
    this.status = status;
    this.fields = Array.isArray(body.errors) ? body.errors : [];
    this.transactionId = typeof body.transaction_id === 'string' ? body.transaction_id : undefined;
    this.retryAfter = headers.has('retry-after') ? Number(headers.get('retry-after')) : undefined;
    this.requestId = headers.get('x-request-id') ?? headers.get('apigw-requestid') ?? '';
    this.headers = headers;
  }
}
