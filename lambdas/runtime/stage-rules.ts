import * as z from 'zod';
import { stageRules } from './route.ts';

/** The variable that says what the stage lets customers do themselves: a JSON list of stage rules. */
export const stageRulesVariable = {
  CUSTOMER_RULES: z.preprocess(text => JSON.parse(String(text ?? '[]')), z.array(z.enum(stageRules))),
};
