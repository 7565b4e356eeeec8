/** What a text is written in: one of the two fonts, in points. */
export interface Face {
  font: 'regular' | 'bold';
  size: number;
}

/** A text in its place: `x` and `y` in points from the upper left corner of the page, to the upper left corner of the text. */
export interface PlacedText extends Face {
  text: string;
  x: number;
  y: number;
}

/** A horizontal line across the page. */
export interface Rule {
  y: number;
}

/** A page as it is to be drawn. */
export interface Sheet {
  texts: PlacedText[];
  rules: Rule[];
}

/** How wide a text is in a face, in points: what only the fonts know. */
export type Measure = (text: string, face: Face) => number;

/** A page of US letter size, in points, and where on it things stand. */
export const format = {
  width: 612,
  height: 792,
  left: 50,
  right: 562,
  top: 50,
  /** Where rows end, above the foot. */
  bottom: 725,
  foot: 745,
  /** The columns of the table: where texts begin and figures end. */
  details: 118,
  detailsWidth: 240,
  amount: 462,
  balance: 562,
} as const;

export const faces = {
  title: { font: 'bold', size: 16 },
  heading: { font: 'bold', size: 10 },
  text: { font: 'regular', size: 9 },
  figure: { font: 'bold', size: 9 },
  small: { font: 'regular', size: 7.5 },
} as const satisfies Record<string, Face>;

/** A text that ends where another would begin. */
export function endingAt(right: number, y: number, text: string, face: Face, measure: Measure): PlacedText {
  return { text, x: right - measure(text, face), y, ...face };
}

/** Breaks a text into lines that are not wider than this, between words, and inside a word that is wider by itself. */
export function broken(text: string, width: number, face: Face, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer, face) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') {
      lines.push(line);
    }
    line = word;
    while (measure(line, face) > width) {
      const fitting = fittingPart(line, width, face, measure);
      lines.push(line.slice(0, fitting));
      line = line.slice(fitting);
    }
  }
  return [...lines, line].filter(part => part !== '');
}

/** How many of its first characters fit, at least one. */
function fittingPart(text: string, width: number, face: Face, measure: Measure): number {
  let length = text.length - 1;
  while (length > 1 && measure(text.slice(0, length), face) > width) {
    length -= 1;
  }
  return length;
}
