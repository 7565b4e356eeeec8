import { handle } from '../../runtime/http/handle.ts';
import { fraudRoutes } from '../contract/fraud.ts';
import type { FraudCapability } from './dependencies.ts';

/** Gives a fraud alert to an investigator: the caller, unless somebody is named. */
export const assignFraudAlert = handle(
  fraudRoutes.assignFraudAlert,
  async ({ params, body, caller }, { alerts }: FraudCapability) => ({
    body: await alerts.assignAlert({ alert_id: params.id, investigator: body.investigator ?? caller.id, caller }),
  }),
);
