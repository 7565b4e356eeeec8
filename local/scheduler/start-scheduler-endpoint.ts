import { type LoopbackServer, listenOnLoopback } from '../http-api/loopback-server.ts';
import { createRestJsonServer, RestJsonError } from '../rest-json/rest-json-server.ts';
import type { ScheduleDefinition } from './schedule-definition.ts';

const mostResults = 100;

const seconds = (date: Date | undefined) => date && date.getTime() / 1_000;

function summary({ arn, name, groupName, enabled, target }: ScheduleDefinition): object {
  return {
    Arn: arn,
    Name: name,
    GroupName: groupName,
    State: enabled ? 'ENABLED' : 'DISABLED',
    Target: { Arn: target.functionArn },
  };
}

function details(schedule: ScheduleDefinition): object {
  const { target } = schedule;
  return {
    ...summary(schedule),
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.timezone,
    Description: schedule.description,
    StartDate: seconds(schedule.startDate),
    EndDate: seconds(schedule.endDate),
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: target.functionArn,
      RoleArn: target.roleArn,
      Input: target.input,
      RetryPolicy: {
        MaximumRetryAttempts: target.maximumRetryAttempts,
        MaximumEventAgeInSeconds: target.maximumEventAgeInSeconds,
      },
      ...(target.deadLetterArn !== undefined && { DeadLetterConfig: { Arn: target.deadLetterArn } }),
    },
  };
}

function list(schedules: ScheduleDefinition[], query: URLSearchParams): object {
  const [prefix, group, state, token] = ['NamePrefix', 'ScheduleGroup', 'State', 'NextToken'].map(name =>
    query.get(name),
  );
  const most = Number(query.get('MaxResults') ?? mostResults);
  if (!Number.isInteger(most) || most < 1 || most > mostResults) {
    throw new RestJsonError('ValidationException', `MaxResults must be from 1 to ${mostResults}`);
  }
  const found = schedules
    .filter(({ name }) => name.startsWith(prefix ?? '') && name > (token ?? ''))
    .filter(({ groupName }) => group == null || groupName === group)
    .filter(({ enabled }) => state == null || state === (enabled ? 'ENABLED' : 'DISABLED'))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const page = found.slice(0, most);
  return {
    Schedules: page.map(summary),
    ...(page.length < found.length && { NextToken: page.at(-1)?.name }),
  };
}

/**
 * Serves what there is to know of schedules: GetSchedule and ListSchedules of EventBridge Scheduler (REST-JSON over HTTP,
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/).
 */
export async function startSchedulerEndpoint(
  schedules: ScheduleDefinition[],
  options: { port?: number; log?(line: string): void } = {},
): Promise<LoopbackServer> {
  const server = createRestJsonServer({
    routes: [
      { method: 'GET', path: /^\/schedules$/, run: ({ query }) => list(schedules, query) },
      {
        method: 'GET',
        path: /^\/schedules\/([^/]+)$/,
        run({ parameters: [name], query }) {
          const group = query.get('groupName') ?? 'default';
          const found = schedules.find(schedule => schedule.name === name && schedule.groupName === group);
          if (!found) throw new RestJsonError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
          return details(found);
        },
      },
    ],
    ...(options.log && { log: options.log }),
  });
  return await listenOnLoopback(server, options.port);
}
