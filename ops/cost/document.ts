import { assumptions } from './assumptions.ts';
import { billOf } from './bill.ts';
import type { Inventory } from './inventory.ts';
import { priceTable } from './prices.ts';
import { acuAssumption, dollars } from './report.ts';

/** The document whose tables are made here. */
export const documentPath = 'docs/COSTS.md';

const volumes = [1_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/** The document with its tables as they are now; throws when it has no place for one. */
export function documented(text: string, inventory: Inventory): string {
  const tables: Record<string, string[]> = {
    volumes: volumeTable(inventory),
    services: serviceTable(inventory),
    assumptions: assumptionTable(),
    prices: priceRows(),
  };
  let document = text;
  for (const [name, lines] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(document)) {
      throw new Error(`${documentPath} has no place for the table ${name}`);
    }
    document = document.replace(place, (_, begin, end) => `${begin}${lines.join('\n')}\n${end}`);
  }
  return document;
}

/** Users apart: what they cost hangs on how much each does, and on nothing that the bank is made of. */
function volumeTable(inventory: Inventory): string[] {
  const rows = volumes.map(perDay => {
    const { volume, total, services } = billOf(inventory, perDay);
    const users = services.find(({ service }) => service === 'Cognito');
    return [
      perDay.toLocaleString('en'),
      `${volume.perSecond.average.toFixed(1)} / ${volume.perSecond.peak.toFixed(1)}`,
      `${volume.averageAcu.toFixed(1)} / ${volume.peakAcu.toFixed(1)}`,
      dollars(total.fixed),
      dollars(total.perMillion.minus(users?.perMillion ?? 0)),
      dollars(total.total.minus(users?.total ?? 0)),
      dollars(total.total),
    ];
  });
  const head = ['transfers a day', 'per second, average / peak', 'ACU, average / peak'];
  return markdown([...head, 'fixed', 'per million', 'total', 'with Cognito'], rows);
}

function serviceTable(inventory: Inventory): string[] {
  const bill = billOf(inventory, 1_000_000);
  const rows = [...bill.services.toSorted((one, other) => other.total.cmp(one.total)), bill.total];
  return [
    ...markdown(
      ['service', 'fixed', 'per million', 'total'],
      rows.map(({ service, fixed, perMillion, total }) => [
        service,
        dollars(fixed),
        dollars(perMillion),
        dollars(total),
      ]),
    ),
    '',
    acuAssumption(bill, inventory),
  ];
}

function assumptionTable(): string[] {
  const rows = Object.entries(assumptions).map(([name, { value, unit, basis }]) => [
    `\`${name}\``,
    `${value} ${unit}`,
    basis,
  ]);
  return markdown(['assumption', 'value', 'basis'], rows);
}

function priceRows(): string[] {
  const rows = Object.values(priceTable.prices).map(({ unit, tiers, source, confirmed }) => [
    unit,
    tiers
      .map(({ upTo, usd }) => (upTo === undefined ? usd : `${usd} up to ${Number(upTo).toLocaleString('en')}`))
      .join(', then '),
    `[${new URL(source).pathname.replaceAll('/', ' ').trim()}](${source})`,
    confirmed ? 'yes' : 'no',
  ]);
  return markdown(['for one', 'US dollars', 'source', 'confirmed'], rows);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
