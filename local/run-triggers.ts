import * as z from 'zod';
import type { AssemblyTrigger } from './assembly/read-triggers.ts';
import type { LambdaHost } from './lambda/lambda-host.ts';

const faultSchema = z.object({ errorMessage: z.string() });

/**
 * Does at a start what CloudFormation does at a deployment: invokes the functions of the CDK's triggers one after the
 * other. Throws with the function's own message when one fails, and leaves the rest.
 */
export async function runTriggers(triggers: AssemblyTrigger[], host: LambdaHost): Promise<void> {
  for (const { stack, logicalId, functionName, invocationType } of triggers) {
    const { functionError, payload } = await host.invoke(functionName, {}, { type: invocationType });
    if (functionError === undefined) continue;
    const reason = faultSchema.safeParse(payload).data?.errorMessage ?? JSON.stringify(payload);
    throw new Error(`trigger ${logicalId} of stack ${stack} failed: ${reason}`);
  }
}
