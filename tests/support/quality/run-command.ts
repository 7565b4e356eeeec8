import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** How a command ended: its exit code, and all that it printed. */
export interface CommandResult {
  code: number;
  output: string;
}

/**
 * Runs one of the project's tools, or any program, in a folder and without input. The project's own tools come first in
 * its PATH, so that it runs on the project's Node.js however this process was started.
 *
 * @throws Error when the program is not there.
 */
export async function runCommand(root: string, command: string, args: string[]): Promise<CommandResult> {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PATH: path, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  child.once('error', reject);
  child.once('close', code => resolve({ code: code ?? 1, output }));
  return promise;
}
