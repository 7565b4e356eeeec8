import { handle } from '../../runtime/http/handle.ts';
import { fraudRoutes } from '../contract/fraud.ts';
import type { FraudCapability } from './dependencies.ts';

/** Reads the fraud rules and what holds for all of them. */
export const getFraudRules = handle(fraudRoutes.getFraudRules, async ({ caller }, { rules }: FraudCapability) => ({
  body: await rules.readRules(caller),
}));
