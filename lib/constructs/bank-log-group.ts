import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { removalPolicy } from './removal-policy.ts';

/** A log group that keeps its events for as long as the stage says. */
export class BankLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id, { retention: config.logRetentionDays, removalPolicy: removalPolicy(config) });
  }
}
