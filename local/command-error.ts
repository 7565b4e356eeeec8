/** A failure that a person can mend: its message is one line that says what is wrong and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Runs a command's main function; a failure prints one line and sets the exit code, a defect prints its stack too. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const expected = error instanceof Error && ['CommandError', 'PostgresError'].includes(error.name);
    console.error(expected ? error.message : error);
    process.exitCode = 1;
  }
}
