import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
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
