import * as z from 'zod';
import { jsonText } from '../domain/fields.ts';
import { notificationKinds } from '../domain/notifications/kinds.ts';

/**
 * What a function that sends notifications is given: the SNS topic of each kind (a JSON object of ARNs, one for every kind), and who
 * mails are from, which is empty where the stage sends none.
 */
export const notificationVariables = {
  NOTIFICATION_TOPICS: jsonText(z.record(z.enum(notificationKinds), z.string().min(1))),
  EMAIL_SENDER: z.string(),
};
