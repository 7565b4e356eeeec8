import { drawing, stroke, text } from '../svg.ts';
import type { Figures } from './figures.ts';
import type { Outcome } from './outcome.ts';

const [width, height] = [980, 460];
const panel = { width: 390, height: 270, top: 70, lefts: [70, 550] };

/** The lines of a panel: what they show, and their colours, which are told apart by people who see few (Okabe and Ito). */
const lines = [
  { name: 'precision of alerts', key: 'precision', colour: '#0072b2', dash: '' },
  { name: 'cases found', key: 'cases_found', colour: '#d55e00', dash: '' },
  { name: 'payments found', key: 'recall', colour: '#d55e00', dash: '5 4' },
] as const;

/** Precision and recall over the score from which there is an alert, as an SVG: all rules on the left, those of the review on the right. */
export function plotOf({ sets, seed, customers }: Outcome): string {
  const shown = sets.filter(({ name }) => name !== 'the gate alone');
  const panels = shown.map(({ name, curve, at }, index) => drawPanel(name, curve, at, panel.lefts[index] ?? 0));
  return drawing(
    { width, height },
    'Precision and recall of the fraud rules over the score from which there is an alert',
    [
      text(width / 2, 28, `A generated month of ${customers} customers, seed ${seed}`, 'middle', ' font-size="16"'),
      ...panels,
      ...lines.flatMap(({ name, colour, dash }, index) => {
        const left = 250 + index * 180;
        return [stroke(`M${left} 435h28`, colour, dash, 2.5), text(left + 36, 439, name, 'start')];
      }),
    ],
  );
}

function drawPanel(name: string, curve: readonly Figures[], at: readonly { from: number }[], left: number): string {
  const x = (score: number) => left + (score / 100) * panel.width;
  const y = (value: number) => panel.top + (1 - value) * panel.height;
  const [right, bottom] = [left + panel.width, panel.top + panel.height];
  const heights = [0, 0.25, 0.5, 0.75, 1];
  return [
    text(left + panel.width / 2, panel.top - 14, name, 'middle', ' font-weight="bold"'),
    `<g transform="rotate(-90 ${left - 52} ${panel.top + panel.height / 2})">`,
    text(left - 52, panel.top + panel.height / 2, 'share', 'middle'),
    '</g>',
    ...heights.flatMap(value => [
      stroke(`M${left} ${y(value)}H${right}`, '#e0e0e0', ''),
      text(left - 8, y(value) + 4, `${100 * value} %`, 'end'),
    ]),
    ...at.flatMap(({ from }) => [
      stroke(`M${x(from)} ${panel.top}V${bottom}`, '#a0a0a0', '2 3'),
      text(x(from), bottom + 18, `${from}`, 'middle'),
    ]),
    stroke(`M${left} ${panel.top}V${bottom}H${right}`, '#404040', ''),
    text(left, bottom + 18, '0', 'middle'),
    text(right, bottom + 18, '100', 'middle'),
    text(left + panel.width / 2, bottom + 40, 'score from which there is an alert', 'middle'),
    ...lines.map(({ key, colour, dash }) =>
      stroke(
        steps(
          curve.map(figures => figures[key]),
          x,
          y,
        ),
        colour,
        dash,
        2.5,
      ),
    ),
  ].join('\n');
}

/** A line that keeps its height from each score to the next; where there is no figure, as of no alerts at all, there is none. */
function steps(values: readonly (number | null)[], x: (score: number) => number, y: (value: number) => number): string {
  return values
    .map((value, index) => {
      if (value === null) return '';
      const drawn = `${index > 0 && values[index - 1] !== null ? 'L' : 'M'}${x(index)} ${y(value).toFixed(1)}`;
      return `${drawn}H${x(index + 1)}`;
    })
    .join('');
}
