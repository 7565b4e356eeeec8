import { Aws, CfnOutput, CfnRule, Duration, Fn, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { Firewall } from '../constructs/firewall.ts';
import type { ApiStack } from './api-stack.ts';
import { BankStack } from './bank-stack.ts';

/** The statuses that CloudFront would answer again by itself for ten seconds, for whoever asks, unless told otherwise. */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Runs in CloudFront for each request. It knows the caller's address; what the caller says of it itself is replaced. */
const noteAddress = `function handler(event) {
  event.request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return event.request;
}`;

/**
 * The way in, where a stage has a firewall or a name of its own: CloudFront, which keeps nothing of what it hands on. It proves
 * itself to the functions by a secret, without which they answer nobody (lambdas/runtime/http/edge.ts), so the address of
 * the gateway is no way round.
 */
export class EdgeStack extends BankStack {
  constructor(scope: Construct, config: StageConfig, { api }: { readonly api: ApiStack }) {
    super(scope, 'edge', { config, description: 'the way in: CloudFront and its firewall' });
    const distribution = this.addDistribution(api, config.firewall ? this.addFirewall() : undefined);
    if (config.domain) {
      this.addRecords(distribution, config.domain);
    }
    const name = config.domain?.name ?? distribution.distributionDomainName;
    new CfnOutput(this, 'ApiUrl', { value: `https://${name}`, description: 'Where the API answers' });
  }

  private addFirewall(): Firewall {
    new CfnRule(this, 'FirewallRegion', {
      assertions: [
        {
          assert: Fn.conditionEquals(Aws.REGION, 'us-east-1'),
          assertDescription: 'WAF keeps firewalls of CloudFront in us-east-1: deploy there, or set firewall to false.',
        },
      ],
    });
    return new Firewall(this, 'Firewall', { config: this.config });
  }

  private addDistribution({ api, originSecrets }: ApiStack, firewall: Firewall | undefined): cloudfront.Distribution {
    const { stage, domain } = this.config;
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `countinghouse ${stage}`,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      ...(firewall && { webAclId: firewall.arn }),
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      defaultBehavior: {
        origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
          protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
          // Longer than the gateway's 30 s, so that the caller gets its answer.
          readTimeout: Duration.seconds(35),
          customHeaders: { 'x-origin-secret': originSecrets.at(-1)?.secretValue.unsafeUnwrap() ?? '' },
        }),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        functionAssociations: [
          {
            eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
            function: new cloudfront.Function(this, 'NoteAddress', {
              comment: "Notes the caller's address",
              runtime: cloudfront.FunctionRuntime.JS_2_0,
              code: cloudfront.FunctionCode.fromInline(noteAddress),
            }),
          },
        ],
      },
      errorResponses: errorStatuses.map(httpStatus => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    this.acknowledge(distribution);
    return distribution;
  }

  private acknowledge(distribution: cloudfront.Distribution): void {
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Customers travel, and the fraud rules look at where a request comes from.' },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'The gateway logs every request that gets to it, and WAF every one that it stopped; the logs of CloudFront would be ' +
          'a third copy, with paths and addresses, in a bucket that needs ACLs.',
      },
    );
    if (!this.config.firewall) {
      Validations.of(distribution).acknowledge({
        id: 'AwsSolutions-CFR2',
        reason: `The record of ${this.config.stage} says that it has no firewall; the gateway throttles all the same.`,
      });
    }
    if (!this.config.domain) {
      Validations.of(distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason: 'Only a certificate of our own lets us choose the versions of TLS: give the stage a domain.',
      });
    }
  }

  private addRecords(distribution: cloudfront.Distribution, domain: NonNullable<StageConfig['domain']>): void {
    const { hostedZoneId, name } = domain;
    // The records' own name is all that the CDK wants the zone's for.
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: name });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    new ARecord(this, 'Ipv4', { zone, target });
    new AaaaRecord(this, 'Ipv6', { zone, target });
  }
}
