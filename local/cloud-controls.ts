import type { CloudAssembly } from './assembly/assembly.ts';
import type { AssemblyFunction } from './assembly/read-functions.ts';
import type { Cloud } from './cloud.ts';
import type { EventSources } from './event-sources/start-event-sources.ts';
import type { LambdaHost } from './lambda/lambda-host.ts';
import type { Restartable } from './restartable.ts';
import { findSchedule } from './scheduler/find-schedule.ts';
import { inputByHand } from './scheduler/schedule-input.ts';

function findFunction(functions: AssemblyFunction[], reference: string): string {
  const found = functions.find(
    ({ name, arn, logicalId }) =>
      [name, arn, logicalId].includes(reference) || logicalId.replace(/[0-9A-F]{8}$/, '') === reference,
  );
  return found?.name ?? reference;
}

/** What whoever started a cloud may do with it, beside what its services offer to all. */
export function cloudControls(
  { functions, schedules }: CloudAssembly,
  running: { host: LambdaHost; eventSources: EventSources; restartable: Record<string, Restartable> },
): Omit<Cloud, 'apiUrl' | 'endpoints' | 'outputs' | 'userPools' | 'close'> {
  const { host, eventSources, restartable } = running;
  const named = (reference: string) => findFunction(functions, reference);
  const service = (name: string) => {
    const found = restartable[name];
    if (!found) throw new Error(`only ${Object.keys(restartable).join(', ')} can be stopped, not ${name}`);
    return found;
  };
  return {
    invoke: (reference, event) => host.invoke(named(reference), event),
    kill: reference => host.kill(named(reference)),
    async fire(name, changes) {
      const { arn, target } = findSchedule(schedules, name);
      return await host.invokeJson(target.functionArn, inputByHand(target.input, arn, new Date(), changes));
    },
    pauseEventSource: async reference => eventSources.pause(named(reference)),
    resumeEventSource: reference => eventSources.resume(named(reference)),
    stopService: async name => service(name).stop(),
    startService: async name => service(name).start(),
  };
}
