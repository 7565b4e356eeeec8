import { handle } from '../../runtime/http/handle.ts';
import { systemRoutes } from '../contract/system.ts';
import type { SystemCapability } from './dependencies.ts';

/** Answers the API's description, which is made before the function is deployed. */
export const getOpenApi = handle(
  systemRoutes.getOpenApi,
  async (_request, { readReferenceFile }: SystemCapability) => ({
    body: { mediaType: 'application/json', content: await readReferenceFile('openapi.json') },
  }),
);
