import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic.ts';
import { BankAlarm } from './bank-alarm.ts';
import { BankFunction } from './bank-function.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import { SsnReindex } from './ssn-reindex.ts';

/** How many failures within five minutes are more than a hiccup: whatever calls a function here tries again. */
const severalFailures = 3;
/** From which part of its time on a function is said to run out of it. */
const nearTimeout = 0.95;

/** What is watched of a function, beside its own measurements: that it fails, is turned away, or nearly has no time left. */
class FunctionAlarms extends Construct {
  constructor(handler: BankFunction, alarms: AlarmTopic) {
    super(handler, 'Alarms');
    const name = handler.node.path.replace(/^[^/]+\//, '');
    const period = Duration.minutes(5);
    const scheduled = handler instanceof ScheduledFunction;
    const atOnce = scheduled && handler.definition.alarmAtFirstFailure;
    new BankAlarm(this, 'Fails', {
      alarms,
      says: `${name} failed ${atOnce ? '' : 'several times '}within 5 minutes`,
      runbook: scheduled ? 'scheduled-work-failed' : 'a-function-fails',
      metric: handler.metricErrors({ period }),
      threshold: atOnce ? 1 : severalFailures,
      evaluationPeriods: 1,
    });
    new BankAlarm(this, 'Throttled', {
      alarms,
      says: `${name} was not let run, again and again`,
      runbook: 'a-function-is-throttled',
      metric: handler.metricThrottles({ period }),
      threshold: 1,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    const timeout = handler.timeout?.toMilliseconds() ?? 0;
    new BankAlarm(this, 'OutOfTime', {
      alarms,
      says: `${name} took nearly all the ${timeout / 1000} seconds that it has`,
      runbook: 'a-function-runs-out-of-time',
      metric: handler.metricDuration({ period, statistic: Stats.MAXIMUM }),
      threshold: Math.floor(timeout * nearTimeout),
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
  }
}

/**
 * Watches every function in a part of the app but the one that a person invokes and waits for, and that takes all the time there is.
 * Each alarm stands beside its function, so that one comes and goes with the other.
 */
export function watchFunctions(part: Construct, alarms: AlarmTopic): void {
  for (const found of part.node.findAll()) {
    if (found instanceof BankFunction && !(found instanceof SsnReindex)) {
      new FunctionAlarms(found, alarms);
    }
  }
}
