import { fork } from 'node:child_process';
import type { LoadPlan, LoadReport } from './load-messages.ts';
import type { Round } from './measurements.ts';

/**
 * Has a process of its own send the load.
 *
 * @param onTick told the number of answers about once a second.
 * @throws Error when that process ends without an outcome; its last words are on stderr.
 */
export function sendLoad(plan: LoadPlan, onTick: (answers: number) => void): Promise<Round> {
  const { promise, resolve, reject } = Promise.withResolvers<Round>();
  const sender = fork(new URL('./load-process.ts', import.meta.url), { execArgv: [] });
  sender.once('error', reject);
  sender.once('exit', status => reject(new Error(`The load process ended with ${status} before its time`)));
  sender.on('message', (report: LoadReport) => {
    if (report.kind === 'tick') onTick(report.answers);
    else resolve(report.round);
  });
  sender.send(plan);
  return promise;
}
