import { vi } from 'vitest';

/** Gives the running test the environment of a scheduled function, and of no other. */
export function scheduleEnvironment(more: Readonly<Record<string, string>> = {}): void {
  vi.unstubAllEnvs();
  const environment = {
    AWS_REGION: 'us-east-1',
    DATABASE_CLUSTER_ARN: 'cluster',
    DATABASE_SECRET_ARN: 'secret',
    DATABASE_NAME: 'bank',
    ...more,
  };
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
}

/** What these metrics in a log come to. */
export function countsIn(log: string, ...names: string[]): Record<string, number> {
  const metrics = log.split('\n').flatMap(line => (line.includes('"CloudWatchMetrics"') ? [JSON.parse(line)] : []));
  const total = (name: string) => metrics.flatMap(metric => metric[name] ?? []).reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(names.map(name => [name, total(name)]));
}
