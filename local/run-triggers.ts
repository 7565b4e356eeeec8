import type { AssemblyTrigger } from './assembly/read-triggers.ts';
import { functionOutcome } from './function-outcome.ts';
import type { LambdaHost } from './lambda/lambda-host.ts';

/**
 * Does at a start what CloudFormation does at a deployment: invokes the functions of the CDK's triggers one after the
 * other. Throws with the function's own message when one fails, and leaves the rest.
 */
export async function runTriggers(triggers: AssemblyTrigger[], host: LambdaHost): Promise<void> {
  for (const { stack, logicalId, functionName, invocationType } of triggers) {
    const outcome = functionOutcome(await host.invoke(functionName, {}, { type: invocationType }));
    if ('fault' in outcome) throw new Error(`trigger ${logicalId} of stack ${stack} failed: ${outcome.fault}`);
  }
}
