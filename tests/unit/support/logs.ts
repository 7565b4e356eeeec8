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

/** The lines of a log, each as the object that it is. */
export function logLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

/** The lines of a log that say something, without those that are metrics alone. */
export function messagesIn(text: string): Record<string, unknown>[] {
  return logLines(text).filter(line => 'message' in line);
}
