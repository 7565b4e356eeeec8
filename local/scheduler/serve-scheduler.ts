import { readAssembly } from '../assembly/assembly.ts';
import type { LoopbackServer } from '../http-api/loopback-server.ts';
import { createScheduler } from './scheduler.ts';
import { startSchedulerEndpoint } from './start-scheduler-endpoint.ts';

/**
 * Serves the schedules of a synthesised app alone: tells of them, and prints what is due in place of invoking it. Throws
 * AssemblyError when the folder holds none.
 */
export async function serveScheduler(args: { port: number; assembly: string }): Promise<LoopbackServer> {
  const { schedules } = readAssembly(args.assembly);
  const endpoint = await startSchedulerEndpoint(schedules, { port: args.port, log: line => console.error(line) });
  const scheduler = createScheduler({
    schedules,
    async invoke(functionArn, input) {
      console.log(`${new Date().toISOString()} ${functionArn} ${input}`);
      return { payload: null };
    },
  });
  scheduler.start();
  return {
    ...endpoint,
    async close() {
      await scheduler.close();
      await endpoint.close();
    },
  };
}
