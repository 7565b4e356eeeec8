import { uuidv7 } from 'uuidv7';
import { type FraudRules, fraudRules } from '../domain/fraud-rules.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

export interface SetFraudRules {
  /** Those to change; the others stay. */
  settings: object | undefined;
  /** Those to change, each with what changes of it. */
  rules: readonly object[] | undefined;
  reason: string;
  /** The version that the whole must still be at; null for any. */
  version: number | null;
  caller: ActingCaller;
}

/** The fraud rules, which are rows. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface FraudRuleBook {
  readRules(caller: ActingCaller): Promise<FraudRules>;
  setRules(request: SetFraudRules): Promise<FraudRules>;
}

const theRules = answerOf({ fraud_rules: fraudRules });

/** The fraud rules in the database, where they are asked. */
export function createFraudRuleBook(database: Database): FraudRuleBook {
  return {
    async readRules(caller) {
      const sql = 'select bank.read_fraud_rules(:caller::jsonb)';
      const parameters = { caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: theRules })).fraud_rules;
    },
    async setRules({ settings = {}, rules = [], reason, version, caller }) {
      const sql =
        'select bank.set_fraud_rules(:id::uuid, :settings::jsonb, :rules::jsonb, :reason, :version::bigint, :caller::jsonb)';
      const parameters = {
        id: uuidv7(),
        settings: JSON.stringify(settings),
        rules: JSON.stringify(rules),
        reason,
        version,
        caller: callerJson(caller),
      };
      return accept(await database.query({ sql, parameters, answer: theRules })).fraud_rules;
    },
  };
}
