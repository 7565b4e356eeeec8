import { spawn } from 'node:child_process';

// $0 is the postmaster, $1 a folder to remove with it ('' for none). Ten seconds bound the wait: by then the process id
// may be another's.
const SCRIPT = `
read -r _
kill -INT "$0" 2>/dev/null
[ -n "$1" ] || exit 0
tries=0
while kill -0 "$0" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf -- "$1"
`;

/**
 * Sees to it that a server doesn't outlive this process, however it ends: a shell waits on a pipe that only this process
 * holds open, and shuts the server down when the kernel closes it. The shell has a session of its own, so that what
 * kills this process's group leaves it to do its work.
 *
 * @param temporary a folder that is removed after such a shutdown.
 * @returns what calls the guard off; call it when the server is gone, before its process id can be another's.
 */
export function guardPostmaster(pid: number, temporary: string | undefined): () => void {
  const guard = spawn('/bin/sh', ['-c', SCRIPT, String(pid), temporary ?? ''], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a guard the next start still clears what is left behind.
  guard.on('error', () => undefined);
  guard.unref();
  if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
  return () => {
    guard.kill('SIGKILL');
  };
}
