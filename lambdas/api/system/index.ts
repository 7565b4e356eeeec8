import { serve } from '../../runtime/http/serve.ts';
import { getHealth } from './get-health.ts';

export const handler = serve([getHealth], {});
