import { machineText } from '../machine.ts';
import { drawing, stroke, text } from '../svg.ts';
import { targetText } from './cells.ts';
import type { SuiteOutcome } from './outcome.ts';
import type { Row } from './section.ts';

const width = 980;
const barLeft = 400;
const barWidth = 400;
const top = 70;
const rowHeight = 26;
/** Of the target: a bar ends here, however much farther it would go. */
const most = 2;

/** Told apart by people who see few colours (Okabe and Ito). */
const colours = { met: '#0072b2', missed: '#d55e00' };

type TargetRow = Row & Required<Pick<Row, 'ratio' | 'target' | 'met'>>;

/**
 * How each ratio stands to its target, as an SVG: a bar for each row that has one. At the line in the middle the target is just met; where little
 * is wanted, as of latencies, the bar is the target over the ratio, so that longer is always better.
 */
export function chartOf({ rows, machine }: SuiteOutcome): string {
  const shown = rows.filter(hasTarget);
  const bottom = top + shown.length * rowHeight;
  const line = barLeft + barWidth / most;
  return drawing({ width, height: bottom + 50 }, 'What was measured, over what is wanted', [
    text(width / 2, 28, `What was measured, over what is wanted`, 'middle', ' font-size="16"'),
    text(width / 2, 48, escaped(machineText(machine)), 'middle', ' font-size="12"'),
    ...shown.flatMap((row, index) => bar(row, top + index * rowHeight)),
    stroke(`M${line} ${top - 4}V${bottom}`, '#404040', '4 3'),
    text(line, bottom + 18, 'target', 'middle'),
    ...(['met', 'missed'] as const).flatMap((verdict, index) => [
      stroke(`M${barLeft + index * 80} ${bottom + 34}h14`, colours[verdict], '', 10),
      text(barLeft + 20 + index * 80, bottom + 38, verdict, 'start'),
    ]),
  ]);
}

function bar(row: TargetRow, y: number): string[] {
  const length = Math.min(standing(row), most) * (barWidth / most);
  const label = `${row.name} (${row.unit})`;
  return [
    text(barLeft - 10, y + 14, escaped(label), 'end', ' font-size="12"'),
    `<rect x="${barLeft}" y="${y + 3}" width="${length.toFixed(1)}" height="${rowHeight - 10}" fill="${colours[row.met ? 'met' : 'missed']}"/>`,
    text(
      barLeft + barWidth + 12,
      y + 14,
      `${row.ratio.toFixed(2)}, wanted ${escaped(targetText(row.target))}`,
      'start',
      ' font-size="12"',
    ),
  ];
}

/** 1 where the target is just met, more where it is more than met. */
function standing({ ratio, target }: TargetRow): number {
  return 'atLeast' in target ? ratio / target.atLeast : target.atMost / ratio;
}

function hasTarget(row: Row): row is TargetRow {
  return row.ratio !== undefined && row.target !== undefined && row.met !== undefined;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
