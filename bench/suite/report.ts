import { machineText } from '../machine.ts';
import { type Cells, cellsOf, headings } from './cells.ts';
import type { SuiteOutcome } from './outcome.ts';

const columns = ['section', 'name', 'unit', 'measured', 'reference', 'ratio', 'target', 'verdict'] as const;
const toTheRight: readonly (keyof Cells)[] = ['measured', 'ratio', 'target'];

/** The outcome as a table and a few lines for people. */
export function reportOf(outcome: SuiteOutcome): string {
  const { machine, seconds, repeats, rows, failures } = outcome;
  const table = [headings, ...rows.map(cellsOf)];
  const widths = columns.map(column => Math.max(...table.map(cells => cells[column].length)));
  return [
    machineText(machine),
    `medians of ${repeats} rounds of ${seconds} s, in turn`,
    '',
    ...table.map(cells =>
      columns
        .map((column, index) => pad(cells, column, widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
    verdictOf(outcome),
    ...failures.map(failure => `FAILED: ${failure}`),
  ].join('\n');
}

/** The same as a table in Markdown. */
export function markdownOf(outcome: SuiteOutcome): string {
  const { machine, seconds, repeats, rows, failures } = outcome;
  const line = (cells: Cells) => `| ${columns.map(column => cells[column]).join(' | ')} |`;
  return [
    `${machineText(machine)}. Medians of ${repeats} rounds of ${seconds} s, in turn.`,
    '',
    line(headings),
    `|${columns.map(column => (toTheRight.includes(column) ? '---:' : '---')).join('|')}|`,
    ...rows.map(row => line(cellsOf(row))),
    '',
    verdictOf(outcome),
    ...failures.map(failure => `\n**FAILED**: ${failure}`),
  ].join('\n');
}

function verdictOf({ rows, failures }: SuiteOutcome): string {
  const wanted = rows.filter(row => row.met !== undefined);
  const met = wanted.filter(row => row.met).length;
  const sound = failures.length === 0 ? ' Nothing failed, and every cent is there.' : '';
  return `${met} of ${wanted.length} targets met, ${wanted.length - met} missed.${sound}`;
}

function pad(cells: Cells, column: keyof Cells, width: number): string {
  return toTheRight.includes(column) ? cells[column].padStart(width) : cells[column].padEnd(width);
}
