import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const exclusion = z.strictObject({
  /** The test's file, from the root of the project. */
  file: z.string(),
  /** The test's name with those of the groups it is in, as reports have it; without one, all of the file. */
  test: z.string().optional(),
  /** Why this is not asked of an emulator. */
  reason: z.string().min(20),
});

/** A test that is not run on an emulator. */
export type Exclusion = z.infer<typeof exclusion>;

/** The tests that an emulator is spared, each with its reason. */
export const exclusions: readonly Exclusion[] = z
  .array(exclusion)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'exclusions.json'), 'utf8')));
