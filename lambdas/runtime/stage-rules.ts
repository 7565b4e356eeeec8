import * as z from 'zod';
import { jsonText } from '../domain/fields.ts';
import { stageRules } from './route.ts';

/** The variable that says what the stage lets customers do themselves: a JSON list of stage rules; nothing without it. */
export const stageRulesVariable = { CUSTOMER_RULES: jsonText(z.array(z.enum(stageRules))).default([]) };

/** The variable that says whether somebody else must let go what one member of staff has frozen; nobody need without it. */
export const fourEyesVariable = { FOUR_EYES: z.stringbool().default(false) };
