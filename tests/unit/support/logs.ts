import { onTestFinished, vi } from 'vitest';

/** Keeps what the running test logs from the terminal, and answers it as text when called. */
export function captureLogs(): () => string {
  let written = '';
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation(chunk => {
      written += String(chunk);
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  return () => written;
}
