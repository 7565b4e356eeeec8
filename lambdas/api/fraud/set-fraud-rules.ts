import { handle } from '../../runtime/http/handle.ts';
import { fraudRoutes } from '../contract/fraud.ts';
import type { FraudCapability } from './dependencies.ts';

/** Changes the fraud rules and settings that are named. */
export const setFraudRules = handle(
  fraudRoutes.setFraudRules,
  async ({ body, version, caller }, { rules }: FraudCapability) => ({
    body: await rules.setRules({
      settings: body.settings,
      rules: body.rules,
      reason: body.reason,
      version,
      caller,
    }),
  }),
);
