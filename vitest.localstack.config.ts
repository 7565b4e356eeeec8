import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { exclusions } from './tests/support/localstack/exclusions.ts';
import ours from './vitest.config.ts';

/** The tests that use queues, topics, keys and buckets, on an emulator that nobody here wrote: one file after another, for they share it. */
export default mergeConfig(
  ours,
  defineConfig({
    test: {
      setupFiles: ['tests/support/localstack/between-files.ts'],
      exclude: [
        ...configDefaults.exclude,
        ...exclusions.filter(({ test }) => test === undefined).map(({ file }) => file),
      ],
      fileParallelism: false,
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  }),
);
