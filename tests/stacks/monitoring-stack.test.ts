import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { mostConnections } from '../../lib/constructs/database-alarms.ts';
import { logQueries } from '../../lib/constructs/log-queries.ts';
import { synthesisedBank } from './synthesised-bank.ts';

const { all, monitoring } = synthesisedBank('dev');

/** What functions measure: the names that they write metrics under. */
async function measured(): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const file of glob('lambdas/**/*.ts')) {
    const source = readFileSync(file, 'utf8');
    for (const [, name = ''] of source.matchAll(/\b([A-Z][A-Za-z]+)(?='|: )/g)) names.add(name);
  }
  return names;
}

const dashboardText = JSON.stringify(monitoring.only('AWS::CloudWatch::Dashboard').Properties.DashboardBody);

test.each(stageNames)('%s has one dashboard, named as the stage', name => {
  const { monitoring: stack } = synthesisedBank(name);
  expect(stack.only('AWS::CloudWatch::Dashboard').Properties.DashboardName).toBe(`countinghouse-${name}`);
});

describe('the dashboard', () => {
  test.each([
    ['traffic', 'Count'],
    ['latency', 'p99'],
    ['refusals by code', 'RequestsRefused'],
    ['fraud scores', 'FraudScore'],
    ['the lag of the outbox', 'OutboxLagSeconds'],
    ['dead letters', 'ApproximateNumberOfMessagesVisible'],
    ['capacity units', 'ServerlessDatabaseCapacity'],
    ['calls of the Data API', 'DatabaseCallDuration'],
    ['the reconciliation', 'ReconciliationDifferences'],
    ['runs of interest', 'JobDuration'],
    ['what the bill grows with', 'IncomingBytes'],
  ])('shows %s', (_what, name) => {
    expect(dashboardText).toContain(name);
  });

  test('and the alarms look at no metric of the bank that no function measures', async () => {
    const names = await measured();
    const shown = [...dashboardText.matchAll(/Countinghouse\\?",\\?"(\w+)|MetricName=\\+"(\w+)/g)].map(
      ([, own, searched]) => own ?? searched ?? '',
    );
    const watched = all
      .flatMap(stack => stack.all('AWS::CloudWatch::Alarm'))
      .flatMap(({ Properties }) => [
        ...JSON.stringify(Properties).matchAll(/"MetricName":"(\w+)","Namespace":"Countinghouse"/g),
      ])
      .map(([, name = '']) => name);
    const ofAws = ['Errors', 'Throttles', 'ConcurrentExecutions', 'Duration', 'Invocations', 'IncomingBytes'];
    const own = [...shown, ...watched].filter(name => !ofAws.includes(name));
    expect(new Set(own).size).toBeGreaterThan(20);
    expect([...new Set(own)].filter(name => !names.has(name))).toEqual([]);
  });

  test('takes no name of a function from another stack, so that a function can be removed', () => {
    expect(JSON.stringify(monitoring.json())).not.toMatch(/ExportsOutputRef\w*(Function|payments|RelayEvents|Worker)/);
  });
});

describe('the saved queries', () => {
  const saved = monitoring.all('AWS::Logs::QueryDefinition').map(({ Properties }) => Properties);

  test('are those that operators ask first, each named for its stage', () => {
    expect(saved.map(({ Name }) => Name).toSorted()).toEqual(
      Object.keys(logQueries)
        .map(name => `countinghouse/dev/${name}`)
        .toSorted(),
    );
  });

  test('ask every log of the stage, by a name that can be typed', () => {
    const named = all
      .flatMap(stack => stack.all('AWS::Logs::LogGroup'))
      .map(({ Properties }) => String(Properties.LogGroupName))
      .filter(name => name.startsWith('/countinghouse/dev/'));
    expect(named).toContain('/countinghouse/dev/payments');
    expect(new Set(named).size).toBe(named.length);
    for (const { LogGroupNames } of saved) {
      expect([LogGroupNames].flat().toSorted()).toEqual(named.toSorted());
    }
  });
});

test.each([
  ['dev', 901],
  ['staging', 2000],
  ['prod', 5000],
])('the connections of %s are %i, by the memory of its largest capacity', (name, most) => {
  expect(mostConnections(stageConfig(name))).toBe(most);
});
