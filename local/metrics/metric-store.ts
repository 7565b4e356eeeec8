import type { Measurement } from './read-metrics.ts';

/** A metric with one set of dimensions, and what was measured of it since the start. */
export interface MetricSeries {
  namespace: string;
  name: string;
  unit: string;
  dimensions: Record<string, string>;
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** The newest measurement. */
  last: number;
  /** Of the newest measurements, a thousand at most. */
  p50: number;
  p95: number;
  p99: number;
}

/** What the functions have measured. */
export interface MetricStore {
  add(measurement: Measurement): void;
  /** By name and dimensions. */
  all(): MetricSeries[];
  /** Measurements of which nothing was kept, as there were too many metrics. */
  dropped(): number;
}

interface Kept extends Omit<MetricSeries, 'p50' | 'p95' | 'p99'> {
  recent: number[];
}

const mostRecent = 1_000;

/** Keeps metrics in memory: so many different ones at most, and of each no more than its newest measurements and what they come to. */
export function createMetricStore(mostSeries = 1_000): MetricStore {
  const series = new Map<string, Kept>();
  let dropped = 0;

  function seriesOf(measurement: Measurement): Kept | undefined {
    const { namespace, name, unit, dimensions } = measurement;
    const sorted = Object.fromEntries(Object.entries(dimensions).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    const key = JSON.stringify([namespace, name, sorted]);
    const known = series.get(key);
    if (known || series.size >= mostSeries) return known;
    const none = { count: 0, sum: 0, minimum: Infinity, maximum: -Infinity, last: 0, recent: [] };
    const made: Kept = { namespace, name, unit, dimensions: sorted, ...none };
    series.set(key, made);
    return made;
  }

  return {
    add(measurement) {
      const into = seriesOf(measurement);
      if (!into) {
        dropped += measurement.values.length;
        return;
      }
      for (const value of measurement.values) {
        into.recent[into.count % mostRecent] = value;
        into.count += 1;
        into.sum += value;
        into.minimum = Math.min(into.minimum, value);
        into.maximum = Math.max(into.maximum, value);
        into.last = value;
      }
    },
    all: () =>
      [...series]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([, { recent, ...known }]) => {
          const sorted = recent.toSorted((one, other) => one - other);
          return { ...known, p50: rank(sorted, 0.5), p95: rank(sorted, 0.95), p99: rank(sorted, 0.99) };
        }),
    dropped: () => dropped,
  };
}

/** The nearest-rank percentile of sorted numbers. */
function rank(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
