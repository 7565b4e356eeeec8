import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { CommandError } from '../local/command-error.ts';
import { findRunningBank } from '../local/home.ts';

/** How an AWS SDK client finds a service: empty for a stage, where the environment and the credentials say it. */
export interface ClientConfig {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** A bank that an operator's command works on: the one that runs on this machine, or a stage in AWS. */
export interface Target {
  /** `local`, or the stage's name. */
  name: string;
  /** An output of the bank's stacks; throws CommandError when there is none of that name. */
  output(name: string): string;
  /** The settings of a client for a service, by its SDK id such as `sqs` or `rds-data`. */
  client(service: string): ClientConfig;
}

/**
 * Finds the bank that a command was asked to work on.
 *
 * @param stage a stage in AWS, where the environment's credentials point; undefined for the bank that runs here
 * @throws CommandError when no bank runs here, or the stage is not deployed.
 */
export async function findTarget(stage: string | undefined): Promise<Target> {
  return stage === undefined || stage === 'local' ? localTarget() : stageTarget(stage);
}

async function localTarget(): Promise<Target> {
  const bank = await findRunningBank();
  if (!bank) {
    throw new CommandError('No bank is running here: start it with npm start, or name a stage with --stage.');
  }
  return {
    name: 'local',
    // The outputs were noted while demo data were filled in, through an address of its own.
    output: outputOf('local', { ...bank.outputs, ApiUrl: bank.apiUrl }),
    client: service => ({
      ...(bank.endpoints[service] !== undefined && { endpoint: bank.endpoints[service] }),
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  };
}

async function stageTarget(stage: string): Promise<Target> {
  const outputs: Record<string, string> = {};
  for await (const page of paginateDescribeStacks({ client: new CloudFormationClient() }, {})) {
    for (const stack of page.Stacks ?? []) {
      if (stack.StackName?.startsWith(`countinghouse-${stage}-`)) {
        for (const { OutputKey, OutputValue } of stack.Outputs ?? []) {
          outputs[OutputKey ?? ''] = OutputValue ?? '';
        }
      }
    }
  }
  return { name: stage, output: outputOf(stage, outputs), client: () => ({}) };
}

function outputOf(bank: string, outputs: Record<string, string>): (name: string) => string {
  return name => {
    const value = outputs[name];
    if (value === undefined) {
      throw new CommandError(`The bank ${bank} has no output ${name}: is it deployed, and with this version?`);
    }
    return value;
  };
}
