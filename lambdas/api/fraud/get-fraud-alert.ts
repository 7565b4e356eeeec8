import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';
import type { FraudCapability } from './dependencies.ts';

/** Reads a fraud alert with what an investigator wants to see beside it. */
export const getFraudAlert = handle(
  contract.getFraudAlert,
  async ({ params, caller }, { alerts }: FraudCapability) => ({
    body: await alerts.readCase(params.id, caller),
  }),
);
