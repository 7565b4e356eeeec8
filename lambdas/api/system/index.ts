import { readFile } from 'node:fs/promises';
import { serve } from '../../runtime/http/serve.ts';
import { getHealth } from './get-health.ts';
import { getOpenApi } from './get-open-api.ts';
import { getReference } from './get-reference.ts';
import { getReferenceFile } from './get-reference-file.ts';

export const handler = serve([getHealth, getOpenApi, getReference, getReferenceFile], {
  readReferenceFile: (name: string) => readFile(new URL(`./reference/${name}`, import.meta.url)),
});
