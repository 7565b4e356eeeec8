import { BankError } from '../../domain/errors.ts';
import { handle } from '../../runtime/http/handle.ts';
import { systemRoutes } from '../contract/system.ts';
import type { SystemCapability } from './dependencies.ts';

/** The files that the page about the API asks for, and the terms of the library that draws it. */
const referenceFiles: ReadonlyMap<string, string> = new Map([
  ['start.js', 'text/javascript'],
  ['swagger-ui-bundle.js', 'text/javascript'],
  ['swagger-ui-bundle.js.LICENSE.txt', 'text/plain'],
  ['swagger-ui.css', 'text/css'],
  ['LICENSE', 'text/plain'],
  ['NOTICE', 'text/plain'],
]);

/** Answers one of those files, and no other that may lie beside the function. */
export const getReferenceFile = handle(
  systemRoutes.getReferenceFile,
  async ({ params }, { readReferenceFile }: SystemCapability) => {
    const mediaType = referenceFiles.get(params.file);
    if (mediaType === undefined) {
      throw new BankError('ROUTE_NOT_FOUND');
    }
    return { body: { mediaType, content: await readReferenceFile(params.file) } };
  },
);
