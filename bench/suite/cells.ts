import type { Row, Target } from './section.ts';

/** What a row says, in the words of every report. */
export interface Cells {
  section: string;
  name: string;
  unit: string;
  measured: string;
  reference: string;
  ratio: string;
  target: string;
  verdict: string;
}

export const headings: Cells = {
  section: 'section',
  name: 'what',
  unit: 'unit',
  measured: 'measured',
  reference: 'against',
  ratio: 'ratio',
  target: 'target',
  verdict: '',
};

/** A row in words. */
export function cellsOf({ section, name, note, unit, measured, reference, ratio, target, met }: Row): Cells {
  return {
    section,
    name: note === undefined ? name : `${name}, ${note}`,
    unit,
    measured: figure(measured),
    reference: reference ? `${figure(reference.value)} ${reference.name}` : '',
    ratio: ratio === undefined ? '' : ratio.toFixed(2),
    target: target ? targetText(target) : '',
    verdict: met === undefined ? '' : met ? 'met' : 'missed',
  };
}

/** What is wanted of a ratio, as `≥ 0.5`. */
export function targetText(target: Target): string {
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}

/** Three figures that count, and thousands apart. */
function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
