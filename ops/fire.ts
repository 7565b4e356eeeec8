import { parseArgs } from 'node:util';
import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import { CommandError, runCommand } from '../local/command-error.ts';
import { schedulesOf } from './schedules.ts';
import { findTarget } from './target.ts';

const usage = `Usage: npm run -s fire -- NAME [--date YYYY-MM-DD] [--stage STAGE]
       npm run -s fire -- --list [--stage STAGE]

Runs a schedule's function now, once, and prints what it answers; fails with the function's own words when it does.
NAME is the schedule's name or the end of it: relay-events for countinghouse-local-relay-events.

  --date    the day to work on, given to the function as "date" beside the schedule's own input
  --list    prints the schedules
  --stage   a stage in AWS, where your credentials point; without it the bank that runs here`;

await runCommand(async () => {
  const { values, positionals } = parseOptions();
  const [name, surplus] = positionals;
  if (values.help || (name === undefined && !values.list)) {
    console.log(usage);
    return;
  }
  if (surplus !== undefined || (name !== undefined && values.list)) {
    throw new CommandError('One thing at a time: a schedule, or --list. Try: npm run -s fire -- --help');
  }
  const changes = dateOf(values.date);
  const schedules = schedulesOf(await findTarget(values.stage));
  if (name === undefined) {
    for (const line of table(await schedules.list())) {
      console.log(line);
    }
    return;
  }
  console.log(JSON.stringify(await schedules.fire(name, changes), null, 2));
});

function parseOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        date: { type: 'string' },
        stage: { type: 'string' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s fire -- --help`);
  }
}

function dateOf(text: string | undefined): { date?: string } {
  if (text === undefined) {
    return {};
  }
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // A day that a month doesn't have is another day to JavaScript.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new CommandError(`--date is ${text}: give a day such as 2026-02-28.`);
  }
  return { date: text };
}

/** The schedules in columns. */
function table(schedules: GetScheduleOutput[]): string[] {
  if (schedules.length === 0) {
    return ['There are no schedules.'];
  }
  const rows = schedules.map(({ Name, ScheduleExpression, ScheduleExpressionTimezone, State, Description }) =>
    [Name, ScheduleExpression, ScheduleExpressionTimezone, State, Description].map(text => text ?? ''),
  );
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map(row =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
