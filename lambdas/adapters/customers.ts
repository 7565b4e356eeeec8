import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { type Customer, customer } from '../domain/customer.ts';
import { id } from '../domain/fields.ts';
import type { Database, Query } from './database.ts';
import { type ActingCaller, accept, answerOf, type Command, callerJson } from './envelope.ts';
import type { SsnIndex } from './vault.ts';

export interface RegisterCustomer extends Command {
  details: {
    first_name: string;
    last_name: string;
    email: string;
    phone: string;
    date_of_birth: string;
    address: Record<string, string | undefined>;
  };
  /** The number as it is kept: never in clear. */
  ssn: { ciphertext: string; last4: string; indexes: SsnIndex[] };
}

export interface UpdateCustomer {
  changes: { email?: string | undefined; phone?: string | undefined; address?: object | undefined };
  /** The version that the caller read; null for any. */
  version: number | null;
  caller: ActingCaller;
}

/** Something that staff do to a customer, and why. */
export interface CustomerAct {
  customer_id: string;
  reason: string;
  caller: ActingCaller;
}

/** The customers' records. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface Customers {
  /** Makes the caller a customer. */
  registerCustomer(request: RegisterCustomer): Promise<{ customer: Customer; replayed: boolean }>;
  readCustomer(id: string, caller: ActingCaller): Promise<Customer>;
  /** Changes the caller's own record. */
  updateCustomer(request: UpdateCustomer): Promise<Customer>;
  reviewCustomer(review: CustomerAct & { decision: string }): Promise<Customer>;
  freezeCustomer(act: CustomerAct): Promise<Customer>;
  /** With four eyes, somebody else than who froze it must let it in again. */
  unfreezeCustomer(act: CustomerAct & { fourEyes: boolean }): Promise<Customer>;
  /** The encrypted number (Base64), once the event that says who asked and why is committed. */
  readSsnCiphertext(act: CustomerAct): Promise<{ customer_id: string; ciphertext: string }>;
}

const oneCustomer = answerOf({ customer });
const oneCiphertext = answerOf({ customer_id: id, ciphertext: z.string() });

/** The customers in the database. */
export function createCustomers(database: Database): Customers {
  const ask = async (sql: string, caller: ActingCaller, parameters: Query<z.ZodType>['parameters']) =>
    accept(
      await database.query({ sql, parameters: { ...parameters, caller: callerJson(caller) }, answer: oneCustomer }),
    );
  const act = async (
    sql: string,
    { customer_id, reason, caller }: CustomerAct,
    more: Query<z.ZodType>['parameters'] = {},
  ) => {
    const answer = await ask(sql, caller, { id: uuidv7(), customer_id, reason, ...more });
    return answer.customer;
  };
  return {
    registerCustomer({ details, ssn, key, caller }) {
      const id = uuidv7();
      return ask(
        'select bank.register_customer(:id::uuid, :details::jsonb, :ssn::jsonb, :key, :caller::jsonb)',
        caller,
        {
          id,
          details: JSON.stringify(details),
          ssn: JSON.stringify(ssn),
          key: key ?? id,
        },
      );
    },
    async readCustomer(id, caller) {
      return (await ask('select bank.read_customer(:id::uuid, :caller::jsonb)', caller, { id })).customer;
    },
    async updateCustomer({ changes, version, caller }) {
      const sql = 'select bank.update_customer(:id::uuid, :changes::jsonb, :version::bigint, :caller::jsonb)';
      return (await ask(sql, caller, { id: uuidv7(), changes: JSON.stringify(changes), version })).customer;
    },
    reviewCustomer: ({ decision, ...review }) =>
      act('select bank.review_customer(:id::uuid, :customer_id::uuid, :decision, :reason, :caller::jsonb)', review, {
        decision,
      }),
    freezeCustomer: freeze =>
      act('select bank.freeze_customer(:id::uuid, :customer_id::uuid, :reason, :caller::jsonb)', freeze),
    unfreezeCustomer: ({ fourEyes, ...unfreeze }) =>
      act(
        'select bank.unfreeze_customer(:id::uuid, :customer_id::uuid, :reason, :four_eyes, :caller::jsonb)',
        unfreeze,
        {
          four_eyes: fourEyes,
        },
      ),
    async readSsnCiphertext({ customer_id, reason, caller }) {
      const sql = 'select bank.read_ssn_ciphertext(:customer_id::uuid, :reason, :caller::jsonb)';
      const parameters = { customer_id, reason, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneCiphertext }));
    },
  };
}
