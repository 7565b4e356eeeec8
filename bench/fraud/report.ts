import type { Figures } from './figures.ts';
import type { Outcome } from './outcome.ts';

const columns = ['alerts', 'precision', 'recall', 'cases', 'false alarms', 'alert rate'];
/** How many kinds of false alarm are told. */
const mostKinds = 8;

/** The outcome as tables for people. */
export function reportOf(outcome: Outcome): string {
  const { seed, customers, payments, rules, sets, crimes, false_alarms, errors } = outcome;
  return [
    `seed ${seed}, ${customers} customers, ${payments.ordinary} ordinary payments in the month, ${payments.criminal} criminal ones in ${payments.cases} cases`,
    '',
    line('rule', columns),
    ...rules.map(rule => line(rule.rule, figures(rule))),
    ...sets.flatMap(({ name, at }) => [
      '',
      line(`${name}, from`, columns),
      ...at.map(threshold => line(`  ${threshold.from} ${threshold.outcome}`, figures(threshold))),
    ]),
    '',
    'crime, and the cases of it that the rules found, each for itself',
    ...crimes.map(({ crime, cases, found, by }) => `  ${crime.padEnd(18)}${found} of ${cases}: ${list(by)}`),
    '',
    'what false alarms are about, and which rules spoke',
    ...false_alarms
      .slice(0, mostKinds)
      .map(
        ({ behaviour, alerts, payments: all, rules: by }) =>
          `  ${behaviour.padEnd(18)}${alerts} of ${all}: ${list(by)}`,
      ),
    ...errors.map(error => `FAILED: ${error}`),
  ].join('\n');
}

function figures({ alerts, precision, recall, cases_found, false_positive_rate, alert_rate }: Figures): string[] {
  return [
    `${alerts}`,
    share(precision),
    share(recall),
    share(cases_found),
    percent(false_positive_rate),
    percent(alert_rate),
  ];
}

function line(name: string, cells: string[]): string {
  return name.padEnd(34) + cells.map(cell => cell.padStart(13)).join('');
}

function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(2)} %`;
}

function list(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
