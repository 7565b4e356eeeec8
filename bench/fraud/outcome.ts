import { casesOf, type Figures, figuresOf, type Judged, type Spoken, scoreOf } from './figures.ts';
import { type Crime, crimes } from './payment.ts';

/** From which score on what is done: `bank.fraud_settings`. */
export type Thresholds = { outcome: string; from: number }[];

/** A set of rules that are asked together. */
export interface RuleSet {
  name: string;
  at: ({ outcome: string; from: number } & Figures)[];
  /** The figures at every score from 1 to 100. */
  curve: Figures[];
}

/** Everything that an evaluation found out; printed as it is by `--json`. */
export interface Outcome {
  seed: number;
  customers: number;
  payments: { ordinary: number; criminal: number; cases: number };
  rules: ({ rule: string; phase: 'GATE' | 'REVIEW' } & Figures)[];
  sets: RuleSet[];
  crimes: { crime: Crime; cases: number; found: number; by: Record<string, number> }[];
  /** What ordinary payments are alerted to most, by the whole set, and how many of the kind there are. */
  false_alarms: { behaviour: string; alerts: number; payments: number; rules: Record<string, number> }[];
  /** Rules that failed, with their errors. */
  errors: string[];
}

interface Known {
  seed: number;
  customers: number;
  rules: { rule: string; phase: 'GATE' | 'REVIEW' }[];
  thresholds: Thresholds;
}

/** The score from which on there is an alert at all. */
const alertOutcome = 'FLAG_FOR_REVIEW';

/** Makes the figures of an evaluation. */
export function outcomeOf(judged: readonly Judged[], { seed, customers, rules, thresholds }: Known): Outcome {
  const counted = judged.filter(one => !one.payment.context);
  const from = (outcome: string) => thresholds.find(one => one.outcome === outcome)?.from ?? 100;
  const score = (spoken: Spoken[]) => scoreOf(spoken, from('BLOCK_PENDING_REVIEW'));
  const isAlert = (one: Judged) => score(everything(one)) >= from(alertOutcome);
  const criminal = counted.filter(one => one.payment.crime);
  const ordinary = counted.filter(one => !one.payment.crime);
  const sets = [
    { name: 'all rules', of: everything, judged: counted },
    { name: 'the gate alone', of: (one: Judged) => one.gate, judged: counted },
    { name: 'the review, of what was made', of: (one: Judged) => one.review, judged: counted.filter(one => one.made) },
  ];
  return {
    seed,
    customers,
    payments: { ordinary: ordinary.length, criminal: criminal.length, cases: casesOf(criminal).size },
    rules: rules.map(one => ({ ...one, ...figuresOf(counted, judgement => speaks(judgement, one.rule)) })),
    sets: sets.map(set => {
      const at = (least: number) => figuresOf(set.judged, one => score(set.of(one)) >= least);
      return {
        name: set.name,
        at: thresholds.map(threshold => ({ ...threshold, ...at(threshold.from) })),
        curve: Array.from({ length: 100 }, (_, index) => at(index + 1)),
      };
    }),
    crimes: crimes.map(crime => {
      const ofKind = criminal.filter(one => one.payment.crime?.kind === crime);
      const found = rules.map(({ rule }) => [rule, casesOf(ofKind.filter(one => speaks(one, rule))).size] as const);
      return { crime, cases: casesOf(ofKind).size, found: casesOf(ofKind.filter(isAlert)).size, by: counts(found) };
    }),
    false_alarms: falseAlarms(ordinary, ordinary.filter(isAlert)),
    errors: [...new Set(judged.flatMap(everything).flatMap(({ rule, error }) => (error ? `${rule}: ${error}` : [])))],
  };
}

function everything({ gate, review }: Judged): Spoken[] {
  return [...gate, ...review];
}

function speaks(one: Judged, rule: string): boolean {
  return everything(one).some(spoken => spoken.rule === rule);
}

function falseAlarms(ordinary: readonly Judged[], alerts: readonly Judged[]): Outcome['false_alarms'] {
  const payments = Map.groupBy(ordinary, one => one.payment.behaviour);
  return [...Map.groupBy(alerts, one => one.payment.behaviour)]
    .map(([behaviour, group]) => ({
      behaviour,
      alerts: group.length,
      payments: payments.get(behaviour)?.length ?? 0,
      rules: counts(
        [...Map.groupBy(group.flatMap(everything), ({ rule }) => rule)].map(
          ([rule, spoken]) => [rule, spoken.length] as const,
        ),
      ),
    }))
    .sort((one, other) => other.alerts - one.alerts);
}

/** Pairs of a name and a number above zero as a record, the largest first. */
function counts(pairs: (readonly [name: string, count: number])[]): Record<string, number> {
  return Object.fromEntries(pairs.filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one));
}
