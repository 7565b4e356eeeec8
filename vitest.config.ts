import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongFilesFirst } from './tests/support/long-files-first.ts';

/**
 * A test that puts something in the place of a module, a client, the clock or the environment has a process of its own, and so has one about the
 * documents that are made of all schemas there are. All others take turns in a few processes, in which what they import is loaded once: that
 * saves a quarter of the time.
 */
const touchesAll = /\bvi\.(?!fn\b|mocked\b|waitFor\b)\w+|mockClient\(|process\.env\.\w+ = |from '[./]+\/openapi\//;
const apart = globSync('tests/**/*.test.ts').filter(file => touchesAll.test(readFileSync(file, 'utf8')));

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'apart', include: apart, isolate: true } },
      { extends: true, test: { name: 'together', include: ['tests/**/*.test.ts'], exclude: apart, isolate: false } },
    ],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    // One more than there are cores in CI: while a test waits, as many do, two others work.
    maxWorkers: 3,
    sequence: { sequencer: LongFilesFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: [
        'bin/**/*.ts',
        'lib/**/*.ts',
        'lambdas/**/*.ts',
        'local/**/*.ts',
        'client/**/*.ts',
        'openapi/**/*.ts',
        'ops/**/*.ts',
      ],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 85 },
    },
  },
});
