import { createLimits } from '../../adapters/limits.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOf } from '../database.ts';
import { getCustomerLimits } from './get-customer-limits.ts';
import { setCustomerLimits } from './set-customer-limits.ts';

export const handler = serve([getCustomerLimits, setCustomerLimits], {
  limits: createLimits(databaseOf(readEnvironment(databaseVariables))),
});
