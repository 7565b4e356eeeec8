import type { FraudRules } from '../../lambdas/domain/fraud-rules.ts';

/** How many payments an account makes where nothing else says how many. */
const mostPayments = 50;
/** What is left over, in minutes, for making customers and for reading back. */
const marginMinutes = 30;

/** What the bank's own fraud rules let pass without an alert, for accounts that are new. */
export interface Allowed {
  /** How many payments an account may make within the hour, after the deposit that it begins with. */
  paymentsOfAccount: number;
  /** Whether customers' first payments are stopped because it is night at the bank, or will be before the run is over. */
  night: boolean;
}

/** Reads out of the rules of the gate what a load may do that leaves them as they are. */
export function allowedBy({ settings, rules }: FraudRules, now: Date, seconds: number): Allowed {
  const stops = (score: unknown) => Number(score) >= settings.review_from;
  const gate = new Map(
    rules.filter(({ enabled, phase }) => enabled && phase === 'GATE').map(({ rule, parameters }) => [rule, parameters]),
  );
  const velocity = gate.get('VELOCITY');
  const amounts = gate.get('AMOUNT_ANOMALY');
  const night = gate.get('NIGHT_TIME');
  const counts = [
    mostPayments,
    // The deposit is a movement too, and so each payment sees one fewer before it than it is the how-manieth.
    ...(velocity && stops(velocity.many_score) ? [Number(velocity.many)] : []),
    ...(velocity && stops(velocity.some_score) ? [Number(velocity.some)] : []),
    // With fewer amounts than this in its past an account has no usual one.
    ...(amounts ? [Number(amounts.least_sample)] : []),
  ];
  return {
    paymentsOfAccount: Math.max(1, Math.min(...counts)),
    night:
      night !== undefined &&
      stops(night.none_score) &&
      hoursUntil(now, seconds, settings.time_zone).some(
        hour => hour >= Number(night.from_hour) && hour <= Number(night.to_hour),
      ),
  };
}

/** The hours of the clock that a run may see. */
function hoursUntil(now: Date, seconds: number, timeZone: string): number[] {
  const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', timeZone });
  const minutes = Math.ceil(seconds / 60) + marginMinutes;
  return [0, minutes / 2, minutes].map(later => Number(clock.format(now.getTime() + later * 60_000)));
}
