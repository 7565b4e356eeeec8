import { createHolds } from '../../adapters/holds.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOf } from '../database.ts';
import { captureHold } from './capture-hold.ts';
import { getHold } from './get-hold.ts';
import { listHolds } from './list-holds.ts';
import { placeHold } from './place-hold.ts';
import { releaseHold } from './release-hold.ts';

export const handler = serve([placeHold, listHolds, getHold, captureHold, releaseHold], {
  holds: createHolds(databaseOf(readEnvironment(databaseVariables))),
});
