import { describe, expect, test } from 'vitest';
import { runCommand } from '../../support/quality/run-command.ts';

describe('running a tool', () => {
  test('its exit code and all it printed come back', async () => {
    const script = `console.log('out'); console.error('err'); process.exitCode = 3`;
    const { code, output } = await runCommand('.', process.execPath, ['--eval', script]);
    expect(code).toBe(3);
    expect(output).toContain('out');
    expect(output).toContain('err');
  });

  test('it gets no input', async () => {
    const script = `process.stdin.on('end', () => console.log('no input')).resume()`;
    expect((await runCommand('.', process.execPath, ['--eval', script])).output).toContain('no input');
  });

  test('a tool that a signal ended has failed', async () => {
    const { code } = await runCommand('.', process.execPath, ['--eval', `process.kill(process.pid, 'SIGKILL')`]);
    expect(code).not.toBe(0);
  });

  test('a tool that is not there is an error', async () => {
    await expect(runCommand('.', 'no-such-tool', [])).rejects.toThrow('no-such-tool');
  });
});
