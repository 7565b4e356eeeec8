import type { StageConfig } from './config.ts';
import type { BundleOptions } from './constructs/bundle.ts';
import { pdfDrawing } from './pdf-drawing.ts';

/** What a scheduled function may be given beside the database, which each uses as the login `schedules`. */
export type ScheduleNeed = 'event-queue' | 'notification-channels' | 'audit-seal' | 'statement-archive' | 'work-queue';

/** Work that the clock starts, as data: the stack of the schedules is made from it. */
export interface ScheduleDefinition {
  /** Unique; within the account it is called `countinghouse-<stage>-<name>`, and its function `<Name>`. */
  readonly name: string;
  readonly description: string;
  /** The file of the handler, in a path from the root of the project. */
  readonly entry: string;
  /** `rate(…)` or `cron(…)`, in the stage's time zone. */
  readonly expression: string;
  readonly timeoutSeconds: number;
  /** For how long it is still worth starting when it could not be started on time: from 60 s to a day. */
  readonly startWithinSeconds: number;
  readonly needs: readonly ScheduleNeed[];
  /** What lies beside the bundle. */
  readonly beside?: NonNullable<BundleOptions['beside']>;
  /** Whether somebody must look at each failure, and not only at work that failed for good. */
  readonly alarmAtFirstFailure?: true;
}

/** Everything that the clock starts. */
export const schedules: readonly ScheduleDefinition[] = [
  {
    name: 'relay-events',
    description: 'Sends the events that no consumer has processed within a minute',
    entry: 'lambdas/schedules/relay-events.ts',
    expression: 'rate(1 minute)',
    timeoutSeconds: 50,
    startWithinSeconds: 60,
    needs: ['event-queue'],
  },
  {
    name: 'send-notifications',
    description: 'Sends the notifications that are due, those that failed before included',
    entry: 'lambdas/schedules/send-notifications.ts',
    expression: 'rate(1 minute)',
    timeoutSeconds: 50,
    startWithinSeconds: 60,
    needs: ['notification-channels'],
  },
  {
    name: 'seal-audit',
    description: 'Signs what was added to the audit log, and archives the seal',
    entry: 'lambdas/schedules/seal-audit.ts',
    expression: 'rate(5 minutes)',
    timeoutSeconds: 240,
    startWithinSeconds: 300,
    needs: ['audit-seal'],
    alarmAtFirstFailure: true,
  },
  {
    name: 'expire-holds',
    description: 'Ends the holds that have expired',
    entry: 'lambdas/schedules/expire-holds.ts',
    expression: 'rate(5 minutes)',
    timeoutSeconds: 120,
    startWithinSeconds: 300,
    needs: [],
  },
  {
    // The database begins a day at six in the morning of the bank's time zone; every later hour makes up for what was left.
    name: 'run-standing-orders',
    description: 'Pays the standing orders that are due, from six in the morning on',
    entry: 'lambdas/schedules/run-standing-orders.ts',
    expression: 'cron(0 * * * ? *)',
    timeoutSeconds: 600,
    startWithinSeconds: 3000,
    needs: [],
  },
  {
    name: 'make-statements',
    description: 'Closes the months that are over and archives their statements, those that were left included',
    entry: 'lambdas/schedules/make-statements.ts',
    expression: 'cron(0 3 * * ? *)',
    timeoutSeconds: 900,
    startWithinSeconds: 21_600,
    needs: ['statement-archive'],
    beside: pdfDrawing,
  },
  // Each does first what should have been done before it, so their order is kept whatever comes late or fails.
  {
    name: 'accrue-interest',
    description: "Closes the bank's day and accrues its interest, that of missed days included",
    entry: 'lambdas/schedules/run-job.ts',
    expression: 'cron(30 0 * * ? *)',
    timeoutSeconds: 600,
    startWithinSeconds: 3600,
    needs: ['work-queue'],
    alarmAtFirstFailure: true,
  },
  {
    name: 'capitalise-interest',
    description: 'Posts the interest of the month that has ended',
    entry: 'lambdas/schedules/run-job.ts',
    expression: 'cron(0 1 1 * ? *)',
    timeoutSeconds: 600,
    startWithinSeconds: 3600,
    needs: ['work-queue'],
    alarmAtFirstFailure: true,
  },
  {
    name: 'charge-fees',
    description: 'Charges the fees that the day, or the month, that has ended gave cause for',
    entry: 'lambdas/schedules/run-job.ts',
    expression: 'cron(30 1 * * ? *)',
    timeoutSeconds: 600,
    startWithinSeconds: 3600,
    needs: ['work-queue'],
    alarmAtFirstFailure: true,
  },
  {
    name: 'reconcile',
    description: 'Compares the ledger with itself, and reports what does not agree',
    entry: 'lambdas/schedules/reconcile.ts',
    expression: 'cron(0 2 * * ? *)',
    timeoutSeconds: 900,
    startWithinSeconds: 21_600,
    needs: [],
    alarmAtFirstFailure: true,
  },
];

/** When a schedule runs on a stage: one that is due every few minutes may have to wait for the full hour there. */
export function expressionOn({ frequentSchedules }: StageConfig, { expression }: ScheduleDefinition): string {
  // With those that run hourly anyhow, so that the database is woken for all of them once.
  return frequentSchedules === 'hourly' && expression.startsWith('rate(') ? 'cron(0 * * * ? *)' : expression;
}
