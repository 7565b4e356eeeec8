import * as z from 'zod';

/** What a function has measured of one metric, in one line of its log. */
export interface Measurement {
  namespace: string;
  name: string;
  unit: string;
  dimensions: Record<string, string>;
  values: number[];
}

const directive = z.object({
  Namespace: z.string(),
  Dimensions: z.array(z.array(z.string())),
  Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().default('None') })),
});
const carryingMetrics = z.looseObject({ _aws: z.object({ CloudWatchMetrics: z.array(directive) }) });
const values = z.union([z.number().transform(value => [value]), z.array(z.number()).max(100)]);

/**
 * The measurements that a line of a function's log carries, as CloudWatch reads them: none if it is no JSON or not of that form, and
 * none of a metric that has no value or a dimension without one
 * (Amazon CloudWatch User Guide, "Specification: Embedded metric format").
 */
export function readMetrics(line: string): Measurement[] {
  // Nearly every line is something else, and parsing costs.
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const { data } = carryingMetrics.safeParse(parsed(line));
  return (data?._aws.CloudWatchMetrics ?? []).flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap(names =>
      Metrics.flatMap(({ Name: name, Unit: unit }) => {
        const measured = values.safeParse(data?.[name]);
        const dimensions = dimensionsOf(data ?? {}, names);
        return measured.success && dimensions ? [{ namespace, name, unit, dimensions, values: measured.data }] : [];
      }),
    ),
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function dimensionsOf(line: Record<string, unknown>, names: readonly string[]): Record<string, string> | undefined {
  const entries = names.map(name => [name, line[name]] as const);
  const known = entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return known.length === entries.length ? Object.fromEntries(known) : undefined;
}
