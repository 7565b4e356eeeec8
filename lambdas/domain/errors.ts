import type { RateLimit } from './rate-limit.ts';

/** Every error a caller can meet, in one list: the HTTP status and the sentence that names it. */
const catalogue = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid' },
  AMOUNT_NOT_REPRESENTABLE: { status: 400, title: 'The amount has more decimal places than its currency' },
  INSUFFICIENT_FUNDS: { status: 400, title: 'The account does not hold enough money' },
  CAPTURE_EXCEEDS_HOLD: { status: 400, title: 'The hold does not have so much left' },
  CURRENCY_MISMATCH: { status: 400, title: 'The accounts are in different currencies' },
  BALANCE_OUT_OF_RANGE: { status: 400, title: 'The balance would be larger than the bank can keep' },
  UNAUTHENTICATED: { status: 401, title: 'An access token is required' },
  USER_DISABLED: { status: 403, title: 'The user is disabled' },
  CUSTOMER_FROZEN: { status: 403, title: 'The customer is frozen' },
  CUSTOMER_NOT_VERIFIED: { status: 403, title: 'The customer has not been verified' },
  FORBIDDEN: { status: 403, title: 'The caller may not do this' },
  NOT_YOUR_ACCOUNT: { status: 403, title: 'The account belongs to somebody else' },
  ACCOUNT_NOT_ACTIVE: { status: 403, title: 'The account is not active' },
  FOUR_EYES_REQUIRED: { status: 403, title: 'Somebody else than who froze it must unfreeze it' },
  FRAUD_BLOCKED: { status: 403, title: 'The transfer was stopped for review' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is no such route' },
  ACCOUNT_NOT_FOUND: { status: 404, title: 'There is no such account' },
  CUSTOMER_NOT_FOUND: { status: 404, title: 'There is no such customer' },
  USER_NOT_FOUND: { status: 404, title: 'There is no such user' },
  FEE_NOT_FOUND: { status: 404, title: 'There is no such fee' },
  FEE_RULE_NOT_FOUND: { status: 404, title: 'There is no such rule of the fees' },
  TRANSACTION_NOT_FOUND: { status: 404, title: 'There is no such transaction' },
  ALERT_NOT_FOUND: { status: 404, title: 'There is no such alert' },
  HOLD_NOT_FOUND: { status: 404, title: 'There is no such hold' },
  STANDING_ORDER_NOT_FOUND: { status: 404, title: 'There is no such standing order' },
  AUDIT_LOG_NOT_FOUND: { status: 404, title: 'There is no such row in the audit' },
  RECONCILIATION_NOT_FOUND: { status: 404, title: 'There is no such run of the reconciliation' },
  STATEMENT_NOT_FOUND: { status: 404, title: 'The account has no statement of that month' },
  NOT_ACCEPTABLE: { status: 406, title: 'The answer does not come in any media type that is accepted' },
  REQUEST_IN_FLIGHT: { status: 409, title: 'A request with this idempotency key is still being worked on' },
  ALREADY_REVERSED: { status: 409, title: 'The transaction has been reversed before' },
  NOT_REVERSIBLE: { status: 409, title: 'Only a completed transaction can be reversed' },
  FEE_NOT_CHARGED: { status: 409, title: 'The fee was not charged, so nothing can be given back' },
  TOO_MANY_ACCOUNTS: { status: 409, title: 'The customer has as many accounts as it may open itself' },
  ALREADY_REGISTERED: { status: 409, title: 'The caller is a customer already' },
  SSN_TAKEN: { status: 409, title: 'The social security number belongs to another customer' },
  EMAIL_TAKEN: { status: 409, title: 'The email address belongs to another customer' },
  PHONE_TAKEN: { status: 409, title: 'The phone number belongs to another customer' },
  WRONG_STATUS: { status: 409, title: 'The account, customer or alert is not in a status that allows this' },
  BALANCE_NOT_ZERO: { status: 409, title: 'The account still holds or owes money' },
  HOLD_NOT_OPEN: { status: 409, title: 'The hold has been captured or released, or has expired' },
  HOLDS_OPEN: { status: 409, title: 'Money of the account is held' },
  TOO_MANY_HOLDS: { status: 409, title: 'The account has as many open holds as it may have' },
  STANDING_ORDER_ENDED: { status: 409, title: 'The standing order has ended' },
  TOO_MANY_STANDING_ORDERS: { status: 409, title: 'The customer has as many standing orders as it may have' },
  NOT_SEALED_YET: { status: 409, title: 'The row of the audit has not been sealed yet' },
  AUDIT_LOG_ALTERED: { status: 409, title: 'The row of the audit is not what was sealed' },
  VERSION_CONFLICT: { status: 412, title: 'The resource has changed since it was read' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The request body must be JSON' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This idempotency key was used for another request' },
  IF_MATCH_REQUIRED: { status: 428, title: 'The change needs an If-Match header' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong on our side' },
  UNAVAILABLE: { status: 503, title: 'The bank cannot answer right now' },
} as const;

export type ErrorCode = keyof typeof catalogue;

/** The codes, in the order of their statuses. */
export const errorCodes = Object.keys(catalogue) as ErrorCode[];

/** Tells whether a text, for example a code that SQL answered, is one of the bank's. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}

/** One field of a request that is not as it must be, and what is allowed. */
export interface FieldError {
  field: string;
  message: string;
}

/** What an error may say beside its code. Nothing internal belongs here: all of it reaches the caller. */
export interface ErrorDetails {
  detail?: string;
  fields?: FieldError[];
  /** The FAILED transaction that recorded a refusal. */
  transaction?: { id: string; ref: string };
  /** Seconds after which the same request may be sent again. */
  retryAfter?: number;
  /** Whether this is the stored answer to an earlier request with the same key. */
  replayed?: boolean;
  /** The limit that is used up, or how the caller stands with the one that its request counted for. */
  rateLimit?: RateLimit;
  cause?: unknown;
}

/** An expected failure with a code from the catalogue. Anything else that is thrown is a defect. */
export class BankError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.detail ?? catalogue[code].title, { cause: details.cause });
    this.name = 'BankError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return catalogue[this.code].status;
  }

  get title(): string {
    return catalogue[this.code].title;
  }
}
