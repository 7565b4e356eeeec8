import { handle } from '../../runtime/http/handle.ts';
import { fraudRoutes } from '../contract/fraud.ts';
import type { FraudCapability } from './dependencies.ts';

/** Closes a fraud alert. */
export const resolveFraudAlert = handle(
  fraudRoutes.resolveFraudAlert,
  async ({ params, body, caller }, { alerts }: FraudCapability) => ({
    body: await alerts.resolveAlert({ alert_id: params.id, ...body, caller }),
  }),
);
