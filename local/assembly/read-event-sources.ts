import * as z from 'zod';
import type { EventSourceDefinition } from '../event-sources/event-source-definition.ts';
import { AssemblyError } from './assembly-error.ts';
import { flag, quantity } from './property-schemas.ts';
import { functionNameOf } from './read-functions.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

/** Above this many messages a batch needs a window to gather them in. */
const mostWithoutWindow = 10;

const mappingSchema = z
  .object({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    BatchSize: quantity.default(10),
    MaximumBatchingWindowInSeconds: quantity.default(0),
    ScalingConfig: z.object({ MaximumConcurrency: quantity.optional() }).optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    Enabled: flag.default(true),
    FilterCriteria: z.unknown().optional(),
  })
  .refine(mapping => mapping.BatchSize <= mostWithoutWindow || mapping.MaximumBatchingWindowInSeconds > 0, {
    error: 'a BatchSize over 10 needs a MaximumBatchingWindowInSeconds of at least 1',
  });

/** The event source mappings, which are of SQS queues only. */
export function readEventSources(assembly: ResolvedAssembly): EventSourceDefinition[] {
  return assembly.ofType('AWS::Lambda::EventSourceMapping').map(resource => {
    const mapping = resource.read(mappingSchema);
    const where = `stack ${resource.stack}, resource ${resource.logicalId}`;
    if (!/^arn:[^:]+:sqs:/.test(mapping.EventSourceArn)) {
      throw new AssemblyError(
        `${where}: only queues are served locally as event sources, not ${mapping.EventSourceArn}`,
      );
    }
    if (mapping.FilterCriteria !== undefined) {
      throw new AssemblyError(`${where}: filters of event sources are not served locally`);
    }
    const maximumConcurrency = mapping.ScalingConfig?.MaximumConcurrency;
    return {
      id: resource.ref(),
      queueArn: mapping.EventSourceArn,
      functionName: functionNameOf(mapping.FunctionName),
      batchSize: mapping.BatchSize,
      windowSeconds: mapping.MaximumBatchingWindowInSeconds,
      ...(maximumConcurrency !== undefined && { maximumConcurrency }),
      reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      enabled: mapping.Enabled,
    };
  });
}
