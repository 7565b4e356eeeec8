import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

interface BankStackProps {
  readonly config: StageConfig;
  readonly description: string;
}

/**
 * A stack of one stage: named `countinghouse-<stage>-<part>`, tagged, and tied to no account or region, so that the
 * same template deploys wherever the credentials point. A stage whose data is retained cannot be deleted by accident.
 */
export class BankStack extends Stack {
  protected readonly config: StageConfig;

  constructor(scope: Construct, part: string, { config, description }: BankStackProps) {
    super(scope, `countinghouse-${config.stage}-${part}`, {
      description: `Countinghouse ${config.stage}: ${description}`,
      // CloudFormation puts a stack's tags on all its resources.
      tags: { application: 'countinghouse', stage: config.stage },
      terminationProtection: config.removal === 'retain',
    });
    this.config = config;
  }
}
