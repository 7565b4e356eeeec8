import { handle } from '../../runtime/http/handle.ts';
import { systemRoutes } from '../contract/system.ts';
import type { SystemCapability } from './dependencies.ts';

/** Answers the page about the API. */
export const getReference = handle(
  systemRoutes.getReference,
  async (_request, { readReferenceFile }: SystemCapability) => ({
    body: { mediaType: 'text/html', content: await readReferenceFile('index.html') },
  }),
);
