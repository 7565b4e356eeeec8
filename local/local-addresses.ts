import type { CloudAssembly } from './assembly/assembly.ts';
import { queueOrigin } from './assembly/resource-types.ts';

/** An assembly whose functions, schedules and outputs name queues by the URLs that they have here. */
export function withLocalQueues(assembly: CloudAssembly, sqsUrl: string): CloudAssembly {
  const localise = (text: string) => text.replaceAll(`${queueOrigin}/`, `${sqsUrl}/`);
  const localiseAll = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, localise(text)]));
  return {
    ...assembly,
    functions: assembly.functions.map(each => ({ ...each, environment: localiseAll(each.environment) })),
    schedules: assembly.schedules.map(schedule => {
      const { input } = schedule.target;
      return { ...schedule, target: { ...schedule.target, ...(input !== undefined && { input: localise(input) }) } };
    }),
    outputs: Object.fromEntries(
      Object.entries(assembly.outputs).map(([stack, outputs]) => [stack, localiseAll(outputs)]),
    ),
  };
}
