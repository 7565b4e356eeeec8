type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

/** A JSON schema, as far as examples need it. */
export interface JsonSchema {
  $ref?: string;
  type?: JsonType | JsonType[];
  examples?: unknown[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  description?: string;
}

interface Deviation {
  body?: Record<string, unknown>;
  reply?: Record<string, unknown>;
}

/** What an example of a route has other than its fields' own examples, to make sense as a whole. */
export const deviations: Readonly<Record<string, Deviation>> = {
  getBalance: { reply: { at: undefined } },
  openAccount: { reply: { balance: '0.00', available_balance: '100.00', version: 1 } },
  freezeAccount: { reply: { status: 'FROZEN' } },
  closeAccount: {
    reply: { status: 'CLOSED', balance: '0.00', available_balance: '0.00', overdraft_limit: '0.00' },
  },
  registerCustomer: { reply: { kyc_verified: false, version: 1 } },
  freezeCustomer: { reply: { status: 'FROZEN' } },
  enableUser: { reply: { disabled: false } },
  resolveFraudAlert: {
    reply: {
      status: 'FALSE_POSITIVE',
      resolution_notes: 'The customer called: it was them',
      resolved_at: '2026-03-01T10:15:00.123456Z',
      allowed_until: '2026-03-02T10:15:00.123456Z',
    },
  },
  releaseHold: { reply: { status: 'RELEASED', ended_at: '2026-03-02T16:05:10.000001Z' } },
  captureHold: {
    reply: {
      hold: {
        id: '0198d5f4-1f3b-7c92-b0d7-6a5e4c3b2a10',
        account_id: '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b01',
        amount: '20.00',
        captured_amount: '12.50',
        currency: 'USD',
        status: 'CAPTURED',
        description: 'Lunch',
        transaction_ids: ['0198d5f1-02b4-7d0e-8a55-6f0c7b9d1e42'],
        expires_at: '2026-03-08T09:30:00.123456Z',
        created_at: '2026-03-01T09:30:00.123456Z',
        ended_at: '2026-03-02T16:05:10.000001Z',
      },
    },
  },
  createStandingOrder: { body: { end_date: undefined } },
  pauseStandingOrder: { reply: { status: 'PAUSED' } },
  cancelStandingOrder: { reply: { status: 'CANCELLED', next_date: null } },
  postDeposit: { reply: { transaction_type: 'DEPOSIT', from_account_id: null } },
  postWithdrawal: { reply: { transaction_type: 'WITHDRAWAL', to_account_id: null } },
  waiveFee: {
    reply: {
      transaction_type: 'REVERSAL',
      from_account_id: null,
      description: 'Fee waived: Confirmed at the branch',
      reverses_transaction_id: '0198d5f1-02b4-7d0e-8a55-6f0c7b9d1e42',
    },
  },
  reverseTransaction: {
    reply: {
      transaction_id: '0198d5f2-4c1e-7b7a-9d10-5e2a8c3f6b11',
      transaction_ref: 'TXN20260301000000000043',
      transaction_type: 'REVERSAL',
      from_account_id: '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b02',
      to_account_id: '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b01',
      reverses_transaction_id: '0198d5f1-02b4-7d0e-8a55-6f0c7b9d1e42',
    },
  },
};

/**
 * An example of a schema, made of the examples of its fields.
 *
 * @throws Error naming a field that has none.
 */
export function exampleOf(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  at = 'the schema',
): unknown {
  const target = schema.$ref && components[schema.$ref.split('/').at(-1) ?? ''];
  if (target) {
    return exampleOf(target, components, at);
  }
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(field, components, `${at}.${name}`)]),
    );
  }
  if (schema.examples) {
    return schema.examples[0];
  }
  if (schema.items) {
    return [exampleOf(schema.items, components, at)];
  }
  throw new Error(`${at} has no example: give it one in openapi/glossary.ts`);
}
