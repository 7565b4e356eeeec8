import type { Section } from './section.ts';
import { batch } from './sections/batch.ts';
import { calls } from './sections/calls.ts';
import { floor } from './sections/floor.ts';
import { growth } from './sections/growth.ts';
import { hot } from './sections/hot.ts';
import { http } from './sections/http.ts';
import { lambda } from './sections/lambda.ts';
import { transfer } from './sections/transfer.ts';

/** What is measured, in the order in which it is. */
export const sections: readonly Section[] = [floor, transfer, hot, calls, batch, http, growth, lambda];
