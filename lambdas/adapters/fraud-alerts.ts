import { uuidv7 } from 'uuidv7';
import * as z from 'zod';
import { type FraudAlert, type FraudCase, fraudAlert, fraudCase } from '../domain/fraud-alert.ts';
import { cutPage, decodeCursor } from '../domain/page.ts';
import type { Database } from './database.ts';
import { type ActingCaller, accept, answerOf, callerJson } from './envelope.ts';

export interface ListFraudAlerts {
  /** What the alerts must be like, by the names that bank.list_fraud_alerts knows. */
  filters: Readonly<Record<string, string | number | undefined>>;
  limit: number;
  cursor: string | undefined;
  caller: ActingCaller;
}

export interface AssignFraudAlert {
  alert_id: string;
  investigator: string;
  caller: ActingCaller;
}

export interface ResolveFraudAlert {
  alert_id: string;
  resolution: 'RESOLVED' | 'FALSE_POSITIVE';
  notes: string;
  caller: ActingCaller;
}

/** Fraud alerts and what staff do about them. Each call is one Data API call and throws a BankError when the bank refuses. */
export interface FraudAlerts {
  listAlerts(request: ListFraudAlerts): Promise<{ alerts: FraudAlert[]; next_cursor: string | null }>;
  readCase(alertId: string, caller: ActingCaller): Promise<FraudCase>;
  assignAlert(request: AssignFraudAlert): Promise<FraudAlert>;
  resolveAlert(request: ResolveFraudAlert): Promise<FraudAlert>;
}

const oneAlert = answerOf({ alert: fraudAlert });
const manyAlerts = answerOf({ alerts: z.array(fraudAlert) });
const oneCase = answerOf(fraudCase.shape);

/** The alerts in the database. */
export function createFraudAlerts(database: Database): FraudAlerts {
  return {
    async listAlerts({ filters, limit, cursor, caller }) {
      const before = cursor === undefined ? undefined : decodeCursor('fraud-alerts', cursor);
      const sql =
        'select bank.list_fraud_alerts(:filters::jsonb, :before_created_at::timestamptz, :before_id::uuid, :page_size::integer, :caller::jsonb)';
      const parameters = {
        filters: JSON.stringify(filters),
        before_created_at: before?.created_at ?? null,
        before_id: before?.id ?? null,
        page_size: limit + 1,
        caller: callerJson(caller),
      };
      const { alerts } = accept(await database.query({ sql, parameters, answer: manyAlerts }));
      const { rows, next_cursor } = cutPage('fraud-alerts', alerts, limit);
      return { alerts: rows, next_cursor };
    },
    async readCase(alertId, caller) {
      const sql = 'select bank.read_fraud_alert(:alert_id::uuid, :caller::jsonb)';
      const parameters = { alert_id: alertId, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneCase }));
    },
    async assignAlert({ alert_id, investigator, caller }) {
      const sql = 'select bank.assign_fraud_alert(:id::uuid, :alert_id::uuid, :investigator::uuid, :caller::jsonb)';
      const parameters = { id: uuidv7(), alert_id, investigator, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneAlert })).alert;
    },
    async resolveAlert({ alert_id, resolution, notes, caller }) {
      const sql = 'select bank.resolve_fraud_alert(:id::uuid, :alert_id::uuid, :resolution, :notes, :caller::jsonb)';
      const parameters = { id: uuidv7(), alert_id, resolution, notes, caller: callerJson(caller) };
      return accept(await database.query({ sql, parameters, answer: oneAlert })).alert;
    },
  };
}
