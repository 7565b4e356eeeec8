import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { removalPolicy } from './removal-policy.ts';

/** How many requests an address may send within five minutes. A customer may send a thousand an hour; offices share an address. */
const requestsPerAddress = 5000;

/**
 * The rule groups of AWS that fit a JSON API, each with those of its rules that don't. Not the one against SQL injection: here statements take parameters only, and it
 * would refuse people what they may well write in a description.
 */
const managedRules: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesKnownBadInputsRuleSet: [],
  // Counted only: the functions know how large a body may be, and programs need not say what they are.
  AWSManagedRulesCommonRuleSet: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'],
};

/** What stands before CloudFront: addresses that send too much or are known for it, and requests that nobody sends who means well. */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      description: `Before the API of countinghouse ${config.stage}`,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: measured('Firewall'),
      rules: [
        {
          name: 'TooManyRequests',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress } },
          visibilityConfig: measured('TooManyRequests'),
        },
        ...Object.entries(managedRules).map(([name, counted], index) => ({
          name,
          priority: index + 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ruleActionOverrides: counted.map(rule => ({ name: rule, actionToUse: { count: {} } })),
            },
          },
          visibilityConfig: measured(name),
        })),
      ],
    });
    this.arn = acl.attrArn;
    this.#logWhatIsStopped(acl, config);
  }

  #logWhatIsStopped(acl: CfnWebACL, config: StageConfig): void {
    const group = new LogGroup(this, 'Logs', {
      // WAF writes to groups of such names only.
      logGroupName: `aws-waf-logs-countinghouse-${config.stage}`,
      retention: config.logRetentionDays,
      removalPolicy: removalPolicy(config),
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // Without the `:*` that the ARN of a log group ends with.
      logDestinationConfigs: [group.stack.formatArn({ service: 'logs', resource: `log-group:${group.logGroupName}` })],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }, { queryString: {} }, { uriPath: {} }],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
    });
  }
}

function measured(metricName: string): CfnWebACL.VisibilityConfigProperty {
  // Samples would show whole headers in the console, tokens among them.
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName };
}
