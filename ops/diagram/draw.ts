import type { Architecture, DrawnFunction } from './architecture.ts';
import { element, line, text } from './svg.ts';
import type { Target } from './targets.ts';

const rowHeight = 24;
const groupGap = 34;
const top = 250;
const left = { source: 20, starts: 215, name: 420, grid: 600 };
const columnWidth = 46;

/** What the functions of each stack are started by, in the order in which a request and its event pass them. */
const groups: readonly { stack: string; title: string; source(architecture: Architecture): string[] }[] = [
  {
    stack: 'auth',
    title: 'auth: who somebody is',
    source: () => ['Cognito', 'user pool'],
  },
  {
    stack: 'api',
    title: 'api: a function for each capability',
    source: ({ routes }) => [
      'API Gateway',
      'HTTP API',
      `${routes.all} routes: ${routes.all - routes.open} ask`,
      'for a Cognito token',
    ],
  },
  { stack: 'workers', title: 'workers: on what has happened', source: () => ['SQS', 'queues'] },
  {
    stack: 'schedules',
    title: 'schedules: what the clock starts',
    source: ({ schedules, timeZone }) => ['EventBridge Scheduler', `${schedules} schedules`, timeZone],
  },
  { stack: 'data', title: 'data: of each deploy, and of operators', source: () => ['CloudFormation', 'and operators'] },
];

/** One colour for each stack: for its functions, and for what it holds. */
const colours: Readonly<Record<string, string>> = {
  auth: '#7a3e9d',
  api: '#1f5fa8',
  messaging: '#b0396b',
  workers: '#b0396b',
  schedules: '#9a6a00',
  data: '#1d7a4c',
};

function colourOf(stack: string): string {
  return colours[stack] ?? '#555555';
}

/** The stage as an SVG: a row for each function, a column for each thing that functions use, a dot where one may use the other. */
export function draw(architecture: Architecture): string {
  const columns = architecture.targets.map((target, index) => ({ target, x: left.grid + columnWidth * (index + 0.5) }));
  const width = left.grid + columnWidth * columns.length + 190;
  const parts: string[] = [];
  let y = top;
  for (const group of rest(architecture)) {
    const functions = architecture.functions.filter(({ stack }) => stack === group.stack);
    if (functions.length === 0) continue;
    parts.push(...drawGroup(group, functions, { y, columns, width, architecture }));
    y += functions.length * rowHeight + groupGap;
  }
  const bottom = y - groupGap;
  const body = [
    ...title(architecture),
    ...columns.map(column => drawColumn(column, bottom)),
    ...parts,
    legend(bottom + 34),
  ];
  const height = bottom + 60;
  const style =
    'text{font-family:Helvetica,Arial,sans-serif;font-size:12px;fill:#222}.title{font-size:20px;font-weight:bold}' +
    '.group{font-weight:bold}.small{font-size:11px;fill:#666}.white{fill:#fff}';
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    element('title', {}, `The architecture of Countinghouse, stage ${architecture.stage}`),
    element('style', {}, style),
    element('rect', { width, height, fill: '#fff' }),
    ...body,
    '</svg>',
  ].join('\n')}\n`;
}

/** The groups above, and after them those of stacks that are new and nobody has given words. */
function rest({ functions }: Architecture) {
  const known = groups.map(({ stack }) => stack);
  const others = [...new Set(functions.map(({ stack }) => stack))].filter(stack => !known.includes(stack));
  return [...groups, ...others.map(stack => ({ stack, title: stack, source: () => ['the stack', stack] }))];
}

function title({ stage, functions, targets, alarms }: Architecture): string[] {
  const counted = `${functions.length} functions, each with a role and (where it has a dot under Aurora) a database login of its own; ${alarms} alarms.`;
  return [
    text(left.source, 36, `Countinghouse, stage ${stage}`, { class: 'title' }),
    text(left.source, 58, counted, { class: 'small' }),
    text(
      left.source,
      76,
      `Read from the synthesised templates: a dot is a permission, one of ${targets.length} things that functions use.`,
      {
        class: 'small',
      },
    ),
    text(left.starts, top - 34, 'started by', { class: 'small' }),
    text(left.name, top - 34, 'function', { class: 'small' }),
  ];
}

function drawColumn({ target, x }: { target: Target; x: number }, bottom: number): string {
  const colour = colourOf(target.stack);
  const label = text(0, 0, target.label, { transform: `translate(${x + 4} ${top - 24}) rotate(-35)`, fill: colour });
  return line(x, top - 18, x, bottom, { stroke: colour, 'stroke-opacity': 0.45, 'stroke-width': 2 }) + label;
}

interface Place {
  y: number;
  columns: readonly { target: Target; x: number }[];
  width: number;
  architecture: Architecture;
}

function drawGroup(
  group: ReturnType<typeof rest>[number],
  functions: readonly DrawnFunction[],
  { y, columns, width, architecture }: Place,
): string[] {
  const colour = colourOf(group.stack);
  const height = functions.length * rowHeight;
  const middle = y + height / 2;
  const words = group.source(architecture);
  const boxHeight = words.length * 16 + 12;
  return [
    element('rect', {
      x: left.starts - 12,
      y,
      width: width - left.starts - 178,
      height,
      rx: 6,
      fill: colour,
      'fill-opacity': 0.06,
    }),
    text(left.starts - 12, y - 6, group.title, { class: 'group', fill: colour }),
    element('rect', {
      x: left.source,
      y: middle - boxHeight / 2,
      width: 150,
      height: boxHeight,
      rx: 6,
      fill: '#fff',
      stroke: colour,
      'stroke-width': 2,
    }),
    ...words.map((word, index) =>
      text(left.source + 75, middle - boxHeight / 2 + 18 + index * 16, word, { 'text-anchor': 'middle' }),
    ),
    ...functions.flatMap((each, index) =>
      drawFunction(each, { y: y + (index + 0.5) * rowHeight, middle, colour, columns }),
    ),
  ];
}

function drawFunction(
  { name, startedBy, uses }: DrawnFunction,
  at: { y: number; middle: number; colour: string; columns: Place['columns'] },
): string[] {
  const { y, middle, colour, columns } = at;
  const used = columns.filter(({ target }) => uses.includes(target.key));
  const last = used.at(-1);
  const box = left.source + 150;
  return [
    element('path', {
      d: `M${box} ${middle} C${box + 20} ${middle} ${box + 12} ${y} ${left.starts - 6} ${y}`,
      fill: 'none',
      stroke: colour,
      'stroke-opacity': 0.5,
    }),
    text(left.starts, y + 4, startedBy.join(', ')),
    element('rect', { x: left.name - 8, y: y - 10, width: 150, height: 20, rx: 4, fill: colour }),
    text(left.name, y + 4, name, { class: 'white' }),
    ...(last ? [line(left.name + 142, y, last.x, y, { stroke: colour, 'stroke-opacity': 0.35 })] : []),
    ...used.map(({ target, x }) => element('circle', { cx: x, cy: y, r: 5.5, fill: colourOf(target.stack) })),
  ];
}

function legend(y: number): string {
  const words =
    'Every function also writes its own log group and X-Ray traces; the database stands in subnets with a route to nowhere.';
  return text(left.source, y, words, { class: 'small' });
}
