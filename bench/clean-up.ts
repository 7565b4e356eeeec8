/** What has to be undone at the end of a run, however it ends. The last that was added goes first. */
export interface CleanUp {
  add(task: () => Promise<unknown>): void;
  /** Does all of it once, however often it is called. */
  run(): Promise<void>;
}

/** Makes a list of things to undo, which are also undone when somebody interrupts the program. */
export function createCleanUp(): CleanUp {
  const tasks: (() => Promise<unknown>)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    for (const task of tasks.splice(0).reverse()) {
      await task();
    }
  };
  const run = () => {
    running ??= runAll();
    return running;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void run().finally(() => process.exit(1));
    });
  }
  return { add: task => tasks.push(task), run };
}
