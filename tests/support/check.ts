import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checks } from './quality/checks.ts';
import { type Outcome, runChecks } from './quality/run-checks.ts';

const usage = `Usage: npm run check [-- NAME…]

Everything that is checked besides the tests, or the checks named; fails when one does.
${checks.map(({ name, about }) => `  ${name.padEnd(9)} ${about}`).join('\n')}`;

const root = fileURLToPath(new URL('../..', import.meta.url));

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' } },
});
const unknown = names.filter(name => !checks.some(check => check.name === name));

if (values.help) {
  console.log(usage);
} else if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}.\n\n${usage}`);
  process.exitCode = 2;
} else {
  await check();
}

async function check(): Promise<void> {
  const wanted = checks.filter(({ name }) => names.length === 0 || names.includes(name));
  const started = performance.now();
  const outcomes = await runChecks(root, wanted, Math.min(availableParallelism(), wanted.length), tell);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const failed = outcomes.filter(({ faults }) => faults !== '').map(({ name }) => name);
  console.log(
    failed.length === 0
      ? `All ${outcomes.length} checks passed in ${seconds} s.`
      : `${failed.length} of ${outcomes.length} checks failed in ${seconds} s: ${failed.join(', ')}.`,
  );
  if (failed.length > 0) process.exitCode = 1;
}

function tell({ name, faults, seconds }: Outcome): void {
  console.log(`${faults === '' ? 'ok    ' : 'FAILED'}  ${name.padEnd(9)} ${seconds.toFixed(1).padStart(5)} s`);
  if (faults !== '') console.log(`\n${faults.replace(/^/gm, '    ')}\n`);
}
