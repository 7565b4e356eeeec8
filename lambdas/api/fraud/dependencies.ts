import type { FraudAlerts } from '../../adapters/fraud-alerts.ts';
import type { FraudRuleBook } from '../../adapters/fraud-rules.ts';

/** What the handlers of this capability need. */
export interface FraudCapability {
  rules: FraudRuleBook;
  alerts: FraudAlerts;
}
