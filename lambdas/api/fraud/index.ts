import { createFraudAlerts } from '../../adapters/fraud-alerts.ts';
import { createFraudRuleBook } from '../../adapters/fraud-rules.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOf } from '../database.ts';
import { assignFraudAlert } from './assign-fraud-alert.ts';
import { getFraudAlert } from './get-fraud-alert.ts';
import { getFraudRules } from './get-fraud-rules.ts';
import { listFraudAlerts } from './list-fraud-alerts.ts';
import { resolveFraudAlert } from './resolve-fraud-alert.ts';
import { setFraudRules } from './set-fraud-rules.ts';

const database = databaseOf(readEnvironment(databaseVariables));

export const handler = serve(
  [getFraudRules, setFraudRules, listFraudAlerts, getFraudAlert, assignFraudAlert, resolveFraudAlert],
  { rules: createFraudRuleBook(database), alerts: createFraudAlerts(database) },
);
