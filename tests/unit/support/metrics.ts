import * as z from 'zod';
import { logLines } from './logs.ts';

const directive = z.object({
  Namespace: z.literal('Countinghouse'),
  Dimensions: z.array(z.array(z.string())),
  Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
});
const carrying = z.looseObject({ _aws: z.object({ Timestamp: z.number(), CloudWatchMetrics: z.array(directive) }) });
const measurements = z.union([z.number().transform(value => [value]), z.array(z.number())]);

/** Metrics as CloudWatch would take them out of a log: their dimensions' values and measurements are members of the same line. */
export function metricsIn(log: string) {
  return logLines(log).flatMap(line => {
    const { data } = carrying.safeParse(line);
    return (data?._aws.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) =>
      Dimensions.flatMap(names =>
        Metrics.map(({ Name: name, Unit: unit }) => ({
          name,
          unit,
          dimensions: Object.fromEntries(names.map(dimension => [dimension, String(line[dimension])])),
          values: measurements.parse(line[name]),
        })),
      ),
    );
  });
}
