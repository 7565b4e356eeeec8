import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { removalPolicy } from './removal-policy.ts';

/**
 * A log group that keeps its events for as long as the stage says. Its name can be typed: `/countinghouse/<stage>/<what logs>`, which
 * for an API's function is its capability.
 */
export class BankLogGroup extends LogGroup {
  /** The name as text, which needs no import in another stack. */
  readonly plainName: string;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    const [, ...path] = [...scope.node.path.split('/'), id.replace(/Logs$/, '')];
    const plainName = `/countinghouse/${config.stage}/${path.join('-')}`;
    super(scope, id, {
      logGroupName: plainName,
      retention: config.logRetentionDays,
      removalPolicy: removalPolicy(config),
    });
    this.plainName = plainName;
  }
}
