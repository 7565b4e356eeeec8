import { handle } from '../../runtime/http/handle.ts';
import { fraudRoutes } from '../contract/fraud.ts';
import type { FraudCapability } from './dependencies.ts';

/** Lists the fraud alerts that fit every filter. */
export const listFraudAlerts = handle(
  fraudRoutes.listFraudAlerts,
  async ({ query: { limit, cursor, ...filters }, caller }, { alerts }: FraudCapability) => ({
    body: await alerts.listAlerts({ filters, limit, cursor, caller }),
  }),
);
