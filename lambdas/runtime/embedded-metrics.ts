/** Metrics of the same dimensions; a list is so many measurements. */
export interface MetricGroup {
  dimensions?: Readonly<Record<string, string>>;
  metrics: Readonly<Record<string, number | readonly number[]>>;
}

/** CloudWatch takes no more measurements of a metric in a line (Embedded metric format, "Target members"). */
const mostMeasurements = 100;

/**
 * What makes a line of the log carry metrics, too: no second line, and no call of CloudWatch. Each is one of the bank's own, with the
 * dimensions `service` and `stage`, and those of its group; `service` is the logger's.
 * Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".
 */
export function embeddedMetrics(groups: readonly MetricGroup[], stage = process.env.STAGE ?? 'none'): object {
  const written = groups.filter(({ metrics }) => Object.keys(metrics).length > 0);
  return {
    stage,
    ...Object.assign({}, ...written.map(({ dimensions, metrics }) => ({ ...dimensions, ...limited(metrics) }))),
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: written.map(({ dimensions = {}, metrics }) => ({
        Namespace: 'Countinghouse',
        Dimensions: [['service', 'stage', ...Object.keys(dimensions)]],
        Metrics: Object.keys(metrics).map(name => ({ Name: name, Unit: unitOf(name) })),
      })),
    },
  };
}

function limited(metrics: MetricGroup['metrics']): Record<string, number | readonly number[]> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : value.slice(0, mostMeasurements),
    ]),
  );
}

function unitOf(name: string): 'Milliseconds' | 'Count' {
  return name.endsWith('Duration') ? 'Milliseconds' : 'Count';
}
