import type { GatewayAnswer } from '../http-api/gateway-answer.ts';
import type { MetricSeries, MetricStore } from './metric-store.ts';

/**
 * Shows what the functions have measured since the start, by the names and dimensions that CloudWatch has them under: as JSON, or, for
 * who asks for `text/plain`, in Prometheus's text format.
 */
export function metricsPage(store: MetricStore, accept = ''): GatewayAnswer {
  const asText = accept.includes('text/plain');
  const metrics = store.all();
  return {
    status: 200,
    headers: {
      'content-type': asText ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json',
      'cache-control': 'no-store',
    },
    cookies: [],
    body: asText ? textOf(metrics) : `${JSON.stringify({ metrics, dropped: store.dropped() }, null, 2)}\n`,
  };
}

/** A summary for each metric (Prometheus, "Text-based format"). */
function textOf(metrics: readonly MetricSeries[]): string {
  const named = Map.groupBy(metrics, ({ name }) => name.replace(/\W/g, '_'));
  return [...named]
    .map(([name, series]) => `# TYPE ${name} summary\n${series.map(one => lines(name, one)).join('')}`)
    .join('');
}

function lines(name: string, { dimensions, count, sum, p50, p95, p99 }: MetricSeries): string {
  const quantile = (at: number, value: number) =>
    `${name}${labels({ ...dimensions, quantile: String(at) })} ${value}\n`;
  return [
    quantile(0.5, p50),
    quantile(0.95, p95),
    quantile(0.99, p99),
    `${name}_sum${labels(dimensions)} ${sum}\n`,
    `${name}_count${labels(dimensions)} ${count}\n`,
  ].join('');
}

function labels(dimensions: Readonly<Record<string, string>>): string {
  const written = Object.entries(dimensions).map(
    ([key, value]) => `${key.replace(/\W/g, '_')}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`,
  );
  return `{${written.join(',')}}`;
}
