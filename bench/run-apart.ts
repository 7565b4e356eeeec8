import { fork } from 'node:child_process';

/** What a process tells that runs apart: about once a second how many answers came since, and at the end what was measured. */
export type ApartReport<Round> = { kind: 'tick'; answers: number } | { kind: 'done'; round: Round };

/**
 * Has a process of its own do something: what it costs to send and to measure is not on the bank's threads.
 *
 * @param program a module that begins with `serveApart`.
 * @param onTick told the number of answers about once a second.
 * @throws Error when that process ends without an outcome; its last words are on stderr.
 */
export async function runApart<Plan extends object, Round>(
  program: URL,
  plan: Plan,
  onTick: (answers: number) => void,
): Promise<Round> {
  const { promise, resolve, reject } = Promise.withResolvers<Round>();
  const apart = fork(program, { execArgv: [] });
  const ended = new Promise<number | null>(resume => apart.once('exit', resume));
  apart.once('error', reject);
  // A process may be seen to end before its last message is read; its channel is at its end only afterwards.
  apart.once('disconnect', async () => reject(new Error(`The load process ended with ${await ended} before its time`)));
  apart.on('message', (report: ApartReport<Round>) => {
    if (report.kind === 'tick') onTick(report.answers);
    else resolve(report.round);
  });
  apart.send(plan);
  const round = await promise;
  await ended;
  return round;
}

/** Takes the one plan that this process was forked for, and tells what came of it. */
export function serveApart<Plan, Round>(work: (plan: Plan, tick: (answers: number) => void) => Promise<Round>): void {
  const tell = (report: ApartReport<Round>, told = () => {}) => process.send?.(report, told);
  process.once('message', async (plan: Plan) => {
    tell({ kind: 'done', round: await work(plan, answers => tell({ kind: 'tick', answers })) }, () =>
      process.disconnect(),
    );
  });
  // Nobody is left to tell: the bank is gone too.
  process.once('disconnect', () => process.exit());
}
