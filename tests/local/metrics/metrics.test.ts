import { describe, expect, test } from 'vitest';
import { createMetricStore } from '../../../local/metrics/metric-store.ts';
import { metricsPage } from '../../../local/metrics/metrics-page.ts';
import { readMetrics } from '../../../local/metrics/read-metrics.ts';

/** A line as functions write it, with the changes given. */
function line(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    message: 'answered',
    service: 'countinghouse',
    stage: 'local',
    code: 'NOT_YOUR_ACCOUNT',
    Duration: [3, 1, 2],
    Refused: 1,
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        {
          Namespace: 'Bank',
          Dimensions: [['service', 'stage']],
          Metrics: [{ Name: 'Duration', Unit: 'Milliseconds' }],
        },
        { Namespace: 'Bank', Dimensions: [['stage', 'code'], ['stage']], Metrics: [{ Name: 'Refused' }] },
      ],
    },
    ...changes,
  });
}

describe('the metrics in a line of a log', () => {
  test('are read with each set of their dimensions, one value or many', () => {
    const bank = { namespace: 'Bank' };
    expect(readMetrics(line())).toEqual([
      {
        ...bank,
        name: 'Duration',
        unit: 'Milliseconds',
        dimensions: { service: 'countinghouse', stage: 'local' },
        values: [3, 1, 2],
      },
      { ...bank, name: 'Refused', unit: 'None', dimensions: { stage: 'local', code: 'NOT_YOUR_ACCOUNT' }, values: [1] },
      { ...bank, name: 'Refused', unit: 'None', dimensions: { stage: 'local' }, values: [1] },
    ]);
  });

  test.each([
    ['has no value', line({ Duration: undefined }), ['Refused', 'Refused']],
    ['has a value that is no number', line({ Duration: 'long' }), ['Refused', 'Refused']],
    ['has more values than CloudWatch takes', line({ Duration: Array(101).fill(1) }), ['Refused', 'Refused']],
    ['has a dimension without a value', line({ code: undefined }), ['Duration', 'Refused']],
    ['is in a line of another form', line({ _aws: { CloudWatchMetrics: 'many' } }), []],
    ['is in a line that was cut off', line().slice(0, -20), []],
    ['is only spoken of', 'nothing "CloudWatchMetrics" here', []],
  ])('leave out one that %s', (_what, text, names) => {
    expect(readMetrics(text).map(({ name }) => name)).toEqual(names);
  });
});

const measurement = { namespace: 'Bank', name: 'Duration', unit: 'Milliseconds', dimensions: { stage: 'local' } };

describe('the metrics that are kept', () => {
  test('are told by what they come to, with the percentiles of the newest thousand', () => {
    const store = createMetricStore();
    for (let value = 1; value <= 2_000; value += 1) store.add({ ...measurement, values: [value] });
    expect(store.all()).toEqual([
      {
        ...measurement,
        count: 2_000,
        sum: 2_001_000,
        minimum: 1,
        maximum: 2_000,
        last: 2_000,
        p50: 1_500,
        p95: 1_950,
        p99: 1_990,
      },
    ]);
  });

  test('are one whatever the order of their dimensions, and others with other values of them', () => {
    const store = createMetricStore();
    store.add({ ...measurement, dimensions: { a: '1', b: '2' }, values: [1] });
    store.add({ ...measurement, dimensions: { b: '2', a: '1' }, values: [1] });
    store.add({ ...measurement, dimensions: { a: '1', b: '3' }, values: [1] });
    expect(store.all().map(({ dimensions, count }) => [dimensions, count])).toEqual([
      [{ a: '1', b: '2' }, 2],
      [{ a: '1', b: '3' }, 1],
    ]);
  });

  test('are so many and no more; what is dropped is counted, and those that are known go on', () => {
    const store = createMetricStore(2);
    for (const code of ['A', 'B', 'C', 'A']) store.add({ ...measurement, dimensions: { code }, values: [1, 1] });
    expect(store.all().map(({ dimensions, count }) => [dimensions.code, count])).toEqual([
      ['A', 4],
      ['B', 2],
    ]);
    expect(store.dropped()).toBe(2);
  });
});

describe('the page of metrics', () => {
  const store = createMetricStore();
  store.add({ ...measurement, dimensions: { stage: 'local', odd: 'a"b\\c\nd' }, values: [1, 2, 4] });

  test('is JSON unless text is asked for', () => {
    const { headers, body } = metricsPage(store);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(String(body))).toEqual({ metrics: store.all(), dropped: 0 });
  });

  test('is in the text format of Prometheus for who asks for text', () => {
    const { headers, body } = metricsPage(store, 'text/plain;version=0.0.4');
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    const labels = 'odd="a\\"b\\\\c\\nd",stage="local"';
    expect(body).toBe(
      [
        '# TYPE Duration summary',
        `Duration{${labels},quantile="0.5"} 2`,
        `Duration{${labels},quantile="0.95"} 4`,
        `Duration{${labels},quantile="0.99"} 4`,
        `Duration_sum{${labels}} 7`,
        `Duration_count{${labels}} 3`,
        '',
      ].join('\n'),
    );
  });
});
