import * as z from 'zod';
import type { HostedFunction } from '../lambda/hosted-function.ts';
import { quantity, text } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

const functionSchema = z.object({
  Code: z.object({ S3Key: z.string().optional() }),
  Handler: z.string().optional(),
  Runtime: z.string().optional(),
  Timeout: quantity.default(3),
  MemorySize: quantity.default(128),
  Environment: z.object({ Variables: z.record(z.string(), text).default({}) }).optional(),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).optional(),
});

/** A Lambda function of the assembly. */
export interface AssemblyFunction extends HostedFunction {
  stack: string;
  logicalId: string;
}

/** The Lambda functions, with the folders their code is bundled in. Inline code and images have none. */
export function readFunctions(assembly: ResolvedAssembly): AssemblyFunction[] {
  return assembly.ofType('AWS::Lambda::Function').map(resource => {
    const properties = resource.read(functionSchema);
    const name = resource.ref();
    const directory = properties.Code.S3Key === undefined ? undefined : assembly.assets.get(properties.Code.S3Key);
    return {
      stack: resource.stack,
      logicalId: resource.logicalId,
      name,
      arn: resource.attribute('Arn'),
      assetDirectory: directory,
      handler: properties.Handler ?? '',
      runtime: properties.Runtime ?? 'provided',
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      environment: properties.Environment?.Variables ?? {},
      logGroupName: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    };
  });
}

/**
 * The function's name within a function ARN (with or without a version or alias), within API Gateway's
 * `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/<arn>/invocations`, or a plain name (with or without an alias).
 */
export function functionNameOf(reference: string): string {
  return /:function:([^:/]+)/.exec(reference)?.[1] ?? reference.replace(/:[\w$-]+$/, '');
}
