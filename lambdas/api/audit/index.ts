import { serve } from '../../runtime/http/serve.ts';

export const handler = serve([], {});
