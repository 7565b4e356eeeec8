import { Alarm, type AlarmProps, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { Runbook } from '../runbooks.ts';
import type { AlarmTopic } from './alarm-topic.ts';

interface BankAlarmProps
  extends Pick<
    AlarmProps,
    'metric' | 'threshold' | 'evaluationPeriods' | 'datapointsToAlarm' | 'comparisonOperator' | 'treatMissingData'
  > {
  readonly alarms: AlarmTopic;
  /** What has happened, in a few words: they are what wakes somebody. */
  readonly says: string;
  readonly runbook: Runbook;
}

/**
 * An alarm of the bank: its topic hears when it is raised and when it is over, and its description says which stage and what, and
 * where it is written what to do. Unless told, the threshold itself is too much, and no data is no trouble.
 */
export class BankAlarm extends Alarm {
  constructor(scope: Construct, id: string, { alarms, says, runbook, ...props }: BankAlarmProps) {
    super(scope, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
      alarmDescription: `countinghouse ${alarms.stage}: ${says}. What to do: docs/OPERATIONS.md#${runbook}`,
    });
    const tell = new SnsAction(alarms);
    this.addAlarmAction(tell);
    this.addOkAction(tell);
  }
}
