import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetScheduleCommand,
  type GetScheduleOutput,
  paginateListSchedules,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import * as z from 'zod';
import { CommandError } from '../local/command-error.ts';
import { findSchedule, ScheduleNotFound } from '../local/scheduler/find-schedule.ts';
import { inputByHand } from '../local/scheduler/schedule-input.ts';
import type { Target } from './target.ts';

/** A schedule of a bank, as far as a list shows it. */
interface Listed {
  name: string;
  groupName: string | undefined;
}

/** What an operator's command does with the schedules of a bank, through the APIs of Scheduler and Lambda. */
export interface Schedules {
  /** Every schedule of the bank, with all there is to know of it. */
  list(): Promise<GetScheduleOutput[]>;
  /**
   * Runs a schedule's function once, now, with members of its input changed.
   *
   * @returns what the function gave back
   * @throws CommandError for a name that leads to no schedule, and with the function's own words when it fails.
   */
  fire(name: string, changes: Record<string, unknown>): Promise<unknown>;
}

const fault = z.object({ errorMessage: z.string() });

/** The schedules of a bank are those whose names begin with its own. */
export function schedulesOf(target: Target): Schedules {
  const scheduler = new SchedulerClient(target.client('scheduler'));
  // A function that was invoked is not invoked again because its answer got lost.
  const lambda = new LambdaClient({ ...target.client('lambda'), maxAttempts: 1 });

  async function listed(): Promise<Listed[]> {
    const found: Listed[] = [];
    const prefix = { NamePrefix: `countinghouse-${target.name}-` };
    for await (const page of paginateListSchedules({ client: scheduler }, prefix)) {
      for (const { Name = '', GroupName } of page.Schedules ?? []) found.push({ name: Name, groupName: GroupName });
    }
    return found;
  }

  const details = ({ name, groupName }: Listed) =>
    scheduler.send(new GetScheduleCommand({ Name: name, GroupName: groupName }));

  async function find(name: string): Promise<GetScheduleOutput> {
    const all = await listed();
    try {
      return await details(findSchedule(all, name));
    } catch (error) {
      if (!(error instanceof ScheduleNotFound)) throw error;
      throw new CommandError(`${error.message} See them with: npm run -s fire -- --list`);
    }
  }

  return {
    list: async () => Promise.all((await listed()).map(details)),
    async fire(name, changes) {
      const { Name, Arn = '', Target: target } = await find(name);
      const input = inputByHand(target?.Input, Arn, new Date(), changes);
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: target?.Arn, Payload: Buffer.from(input) }),
      );
      const text = Buffer.from(Payload ?? '').toString();
      const answer: unknown = text === '' ? null : JSON.parse(text);
      if (FunctionError !== undefined) {
        throw new CommandError(`${Name} failed: ${fault.safeParse(answer).data?.errorMessage ?? text}`);
      }
      return answer;
    },
  };
}
