import { handle } from '../../runtime/http/handle.ts';
import { fraudRoutes } from '../contract/fraud.ts';
import type { FraudCapability } from './dependencies.ts';

/** Reads a fraud alert with what an investigator wants to see beside it. */
export const getFraudAlert = handle(
  fraudRoutes.getFraudAlert,
  async ({ params, caller }, { alerts }: FraudCapability) => ({
    body: await alerts.readCase(params.id, caller),
  }),
);
